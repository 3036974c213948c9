package io.nationtech.harmony.podman;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.SharedNetwork;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The networks of containers: one for each deployment, and one for each of its groups. A network is podman's own, without its DNS server: that would
 * take port 53 of the network's address, which a node that runs a DNS server has given away. Instead each container of a group has an address that
 * follows from its name, and finds those of the others in its {@code /etc/hosts}; so names hold over replacements and restarts, and without an agent.
 *
 * <p>{@link Walls} keep networks apart from each other, and are up before any is used.
 *
 * <p>Safe for use by several threads.
 */
final class Networks {
    /** Whose a network is: one that somebody else made under the same name is never used or removed. */
    private static final String LABEL = "harmony.network";

    private static final String LOOPBACK = IpAddress.LOOPBACK.toString();

    private final Podman podman;
    private final String prefix;
    private final Predicate<String> isNeeded;
    private final Walls walls;
    private final AtomicBoolean isTidied = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Subnet> known = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();

    /** Until it was looked: those of an agent that was killed. */
    private boolean mayHaveSome = true;

    /**
     * @param prefix what the names of all begin with
     * @param isNeeded whether something wants that network that is no container now; podman itself keeps those of containers
     */
    Networks(Podman podman, String prefix, Predicate<String> isNeeded, Walls walls) {
        this.podman = podman;
        this.prefix = prefix;
        this.isNeeded = isNeeded;
        this.walls = walls;
    }

    private static boolean isAskingNobody(Container.Network network) {
        return network.names().member().isPresent() && network.shared().isEmpty();
    }

    private sealed interface Search {
        record Found(Subnet subnet) implements Search {}

        record Failed(Cause cause) implements Search {}
    }

    /**
     * Makes the network that a container is in, with its walls, and then does the work, which finds both there. One that has the network of another
     * container is put into that; one that is on its node's network is in none of ours.
     *
     * @param work given the words that tell podman about networks
     */
    Outcome with(DeploymentName deployment, Container container, Function<List<String>, Outcome> work) {
        Optional<ContainerName> carrier = container.network().through();
        if (carrier.isPresent()) {
            return work.apply(List.of("--network=container:%s%s.%s".formatted(prefix, deployment, carrier.get())));
        }
        if (isAskingNobody(container.network())) {
            return new Outcome.Failed(new Cause(
                    "container '%s' asks another of its group for names, and is in none".formatted(container.name()),
                    "deployment " + deployment,
                    "name both in one Together.of(…)"));
        }
        Optional<SharedNetwork> group = container.network().shared();
        if (group.isEmpty() && container.isOnHostNetwork()) {
            return work.apply(List.of());
        }
        String name = group.map(shared -> ofGroup(deployment, shared)).orElseGet(() -> prefix + deployment);
        return with(
                name,
                subnet -> group.map(shared -> words(name, subnet, container, shared))
                        .orElseGet(() -> List.of("--network=" + name)),
                work);
    }

    /** No name of a deployment has that sign, so that no group's network is another deployment's. */
    private String ofGroup(DeploymentName deployment, SharedNetwork shared) {
        return "%s%s_%s".formatted(prefix, deployment, shared.name());
    }

    private Outcome with(String name, Function<Subnet, List<String>> words, Function<List<String>, Outcome> work) {
        return switch (locked(() -> take(name))) {
            case Search.Failed(Cause cause) -> new Outcome.Failed(cause);
            case Search.Found(Subnet subnet) -> {
                try {
                    Outcome outcome = work.apply(words.apply(subnet));
                    if (outcome instanceof Outcome.Failed) {
                        // It may be the network that is missing: the next one looks again.
                        locked(() -> Optional.ofNullable(known.remove(name)));
                    }
                    yield outcome;
                } finally {
                    locked(() -> users.merge(name, -1, Integer::sum));
                }
            }
        };
    }

    private static List<String> words(String name, Subnet subnet, Container container, SharedNetwork shared) {
        boolean ofNode = container.isOnHostNetwork();
        List<String> words = new ArrayList<>();
        Map<ContainerName, String> addresses = addresses(subnet, container, shared);
        addresses.forEach((member, address) -> {
            if (!member.equals(container.name())) {
                words.add("--add-host=%s:%s".formatted(member, address));
            } else if (!ofNode) {
                words.add("--network=%s:ip=%s,mac=%s".formatted(name, address, Subnet.hardwareAddress(address)));
            }
        });
        container.network().names().member().ifPresent(asked -> {
            words.add("--dns=" + requireNonNull(addresses.get(asked)));
            PodmanArguments.servers(container.network().names()).forEach(words::add);
        });
        return words;
    }

    /** Where a container finds each of its group: those that have its own network are where it is itself. */
    private static Map<ContainerName, String> addresses(Subnet subnet, Container container, SharedNetwork shared) {
        Map<ContainerName, String> all = new TreeMap<>(subnet.addresses(shared.members()));
        shared.onHostNetwork().forEach(member -> all.put(member, subnet.gateway()));
        shared.carriers()
                .forEach((carried, carrier) -> all.put(
                        carried, carrier.equals(container.name()) ? LOOPBACK : requireNonNull(all.get(carrier))));
        return all;
    }

    /** Whether a unit with that text is on that network. */
    static boolean isIn(String text, String network) {
        return Pattern.compile("--network=%s[\\s:\"]".formatted(Pattern.quote(network)))
                .matcher(text)
                .find();
    }

    private Search take(String name) {
        Optional<Cause> open = walls.stand();
        if (open.isPresent()) {
            return new Search.Failed(open.get());
        }
        Search search = Optional.ofNullable(known.get(name))
                .<Search>map(Search.Found::new)
                .or(() -> look(name))
                .orElseGet(() -> make(name));
        if (search instanceof Search.Found(Subnet subnet)) {
            known.put(name, subnet);
            users.merge(name, 1, Integer::sum);
        }
        return search;
    }

    /** Empty when there is none of that name. */
    private Optional<Search> look(String name) {
        Finished finished = podman.run(
                "network",
                "inspect",
                "--format",
                "{{index .Labels \"%s\"}} {{.NetworkInterface}} {{range .Subnets}}{{.Subnet}} {{end}}".formatted(LABEL),
                name);
        if (finished.complaint().contains("network not found")) {
            return Optional.empty();
        }
        if (!finished.succeeded()) {
            return Optional.of(new Search.Failed(
                    Diagnosis.of("network '%s' cannot be looked at".formatted(name), podman.where(), finished)));
        }
        String told = finished.output().strip();
        return Optional.of(Optional.of(told.split(" "))
                .filter(words -> words.length == 3 && words[0].equals(prefix) && words[1].equals(walls.bridge(name)))
                .flatMap(words -> Subnet.parse(words[2]))
                .<Search>map(Search.Found::new)
                .orElseGet(() -> new Search.Failed(new Cause(
                        "network '%s' is there and not as this node makes it: '%s'".formatted(name, told),
                        podman.where(),
                        "look at it by `podman network inspect %1$s`; if nobody needs it, `podman network rm %1$s`"
                                .formatted(name)))));
    }

    private Search make(String name) {
        Finished made = podman.run(
                "network",
                "create",
                "--disable-dns",
                "--interface-name=" + walls.bridge(name),
                "--label=%s=%s".formatted(LABEL, prefix),
                name);
        mayHaveSome = true;
        return made.succeeded() ? look(name).orElseGet(() -> failed(name, made)) : failed(name, made);
    }

    private Search failed(String name, Finished made) {
        return new Search.Failed(Diagnosis.of("network '%s' cannot be made".formatted(name), podman.where(), made));
    }

    /** Removes what nobody needs any more of all deployments, the first time only: an agent before this one may have been killed. */
    void tidyOnce() {
        if (isTidied.compareAndSet(false, true)) {
            tidy(_ -> true);
        }
    }

    /** Removes what nobody needs any more of a deployment, and the walls with the last that is left of any. */
    void tidy(DeploymentName deployment) {
        tidy(name -> name.matches(Pattern.quote(prefix + deployment) + "([._].*)?"));
    }

    private void tidy(Predicate<String> isLookedAt) {
        locked(() -> {
            if (mayHaveSome) {
                Finished listed = podman.run(
                        "network", "ls", "--format={{.Name}}", "--filter=label=%s=%s".formatted(LABEL, prefix));
                List<String> left = listed.output()
                        .lines()
                        .filter(name -> !isLookedAt.test(name) || !removed(name))
                        .toList();
                mayHaveSome = !listed.succeeded() || !left.isEmpty();
                if (!mayHaveSome) {
                    walls.fall();
                }
            }
            return mayHaveSome;
        });
    }

    /** Podman refuses while a container is there that uses it. */
    private boolean removed(String name) {
        boolean isUsed = users.getOrDefault(name, 0) > 0 || isNeeded.test(name);
        if (isUsed || !podman.run("network", "rm", name).succeeded()) {
            return false;
        }
        known.remove(name);
        users.remove(name);
        return true;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
