package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Runs containers with podman alone, for machines without systemd: other containers, CI, a demonstration. Containers are named
 * {@code harmony-<node>.<deployment>.<container>}, so several nodes share a machine. Podman restarts what fails; what it gave
 * up and what a restart of the machine ended is started again by the next {@link #converge}.
 *
 * <p>Safe for use by several threads; two calls about the same container wait for each other.
 */
public final class PodmanRuntime implements ContainerRuntime {
    private final NodeId node;
    private final Podman podman;
    private final PodmanArguments arguments;
    private final DeviceFiles devices = new DeviceFiles(Path.of("/"));
    private final Optional<MemoryFolder> memory;
    private final KeyedLock locks = new KeyedLock();
    private final Backoff backoff;

    /**
     * @param publishAt the local address at which containers publish their ports; all addresses when empty
     */
    public PodmanRuntime(NodeId node, Optional<IpAddress> publishAt) {
        this(node, publishAt, Programs.here(), System::nanoTime, MemoryFolder.here());
    }

    PodmanRuntime(
            NodeId node,
            Optional<IpAddress> publishAt,
            Programs programs,
            LongSupplier nanoTime,
            Optional<MemoryFolder> memory) {
        this.node = node;
        this.podman = new Podman(programs, "podman on node " + node);
        this.memory = memory;
        this.arguments = new PodmanArguments(node, publishAt, memory);
        this.backoff = new Backoff(nanoTime);
    }

    @Override
    public List<ContainerStatus> observe(DeploymentName deployment) {
        List<Listed> all = list(Labels.DEPLOYMENT + "=" + deployment);
        return all.stream()
                .map(Listed::container)
                .distinct()
                .sorted()
                .flatMap(container -> Pair.of(all, arguments.name(deployment, container)).visible().stream())
                .map(Listed::status)
                .toList();
    }

    @Override
    public List<DeploymentName> deployments() {
        return list().stream().map(Listed::deployment).distinct().sorted().toList();
    }

    @Override
    public Outcome converge(
            DeploymentName deployment, Container container, SecretValues secrets, Map<MountedFile, Path> files) {
        String name = arguments.name(deployment, container.name());
        return locks.withLock(name, () -> switch (devices.find(
                container.resources().devices())) {
            case DeviceFiles.Search.Missing(Cause cause) -> new Outcome.Failed(cause);
            case DeviceFiles.Search.Found(List<String> found) ->
                converge(
                        name,
                        deployment,
                        new ContainerWithDevices(container, found, ContainerWithDevices.mounts(files)),
                        secrets);
        });
    }

    private Outcome converge(
            String name, DeploymentName deployment, ContainerWithDevices equipped, SecretValues secrets) {
        Container container = equipped.container();
        Optional<Listed> current = settled(deployment, container.name());
        Fingerprint wanted = arguments.fingerprint(equipped);
        if (current.filter(listed -> listed.fingerprint().equals(wanted)).isPresent()) {
            return revive(deployment, equipped, current.get(), secrets);
        }
        Optional<Cause> obstacle = backoff.standing(name, wanted)
                .or(() -> podman.fetch(container.image()))
                .or(() -> present(name, container, secrets));
        if (obstacle.isPresent()) {
            return new Outcome.Failed(obstacle.get());
        }
        Outcome outcome =
                current.map(old -> replace(deployment, equipped, old)).orElseGet(() -> create(deployment, equipped));
        if (outcome instanceof Outcome.Changed) {
            memory.ifPresent(
                    folder -> folder.keepOnly(name, container.security().secrets()));
        }
        return outcome;
    }

    /** Puts a container's secrets where it finds them; returns why one cannot be. */
    private Optional<Cause> present(String name, Container container, SecretValues secrets) {
        if (container.security().secrets().isEmpty()) {
            return Optional.empty();
        }
        return memory.map(folder -> folder.put(name, container, secrets))
                .orElseGet(() -> Optional.of(MemoryFolder.nowhere()));
    }

    @Override
    public Outcome remove(DeploymentName deployment, ContainerName container) {
        String name = arguments.name(deployment, container);
        return locks.withLock(name, () -> {
            List<String> names =
                    Pair.of(list(Labels.DEPLOYMENT + "=" + deployment), name).names();
            if (names.isEmpty()) {
                return new Outcome.Unchanged();
            }
            Finished removed = discard(names);
            if (removed.succeeded()) {
                memory.ifPresent(folder -> folder.keepOnly(name, List.of()));
            }
            return removed.succeeded()
                    ? new Outcome.Changed("container %s removed".formatted(container))
                    : failed("cannot be removed", deployment, container, removed);
        });
    }

    @Override
    public List<String> logs(DeploymentName deployment, ContainerName container, int lines) {
        String name = arguments.name(deployment, container);
        Finished finished = podman.logs(name, lines);
        if (!finished.succeeded()) {
            throw new RuntimeUnavailableException(Diagnosis.of(
                    "the log of '%s' cannot be read".formatted(name), where(deployment, container), finished));
        }
        return finished.output().lines().toList();
    }

    private List<Listed> list(String... labels) {
        return podman
                .list(Stream.concat(Stream.of(Labels.NODE + "=" + node), Stream.of(labels))
                        .toList())
                .stream()
                .map(listed -> listed.state() == Listed.State.RUNNING && !Host.isProcessOf(listed.pid(), listed.id())
                        ? listed.lost()
                        : listed)
                .toList();
    }

    /** The container under its name, after tidying up what a replacement that was cut short left behind. */
    private Optional<Listed> settled(DeploymentName deployment, ContainerName container) {
        String name = arguments.name(deployment, container);
        Pair pair = Pair.of(list(Labels.DEPLOYMENT + "=" + deployment), name);
        if (pair.next().isEmpty()) {
            return pair.current();
        }
        if (pair.current().isPresent()) {
            podman.run("rm", "--force", PodmanArguments.nextName(name));
            return pair.current();
        }
        podman.run("rename", PodmanArguments.nextName(name), name);
        return pair.next();
    }

    private Outcome create(DeploymentName deployment, ContainerWithDevices equipped) {
        Container container = equipped.container();
        String name = arguments.name(deployment, container.name());
        Finished started = podman.run(arguments.run(name, deployment, equipped));
        if (!started.succeeded()) {
            podman.run("rm", "--force", "--ignore", name);
            return failed("cannot be started", deployment, container.name(), started);
        }
        return new Outcome.Changed("container %s started from %s".formatted(container.name(), container.image()));
    }

    /** As declared; so it must only run. */
    private Outcome revive(
            DeploymentName deployment, ContainerWithDevices equipped, Listed current, SecretValues secrets) {
        if (current.state() == Listed.State.RUNNING) {
            return new Outcome.Unchanged();
        }
        Container container = equipped.container();
        // What was in memory is gone after a restart of the machine.
        Optional<Cause> missing = present(arguments.name(deployment, container.name()), container, secrets);
        return missing.isPresent() ? new Outcome.Failed(missing.get()) : startAgain(deployment, equipped, current);
    }

    private Outcome startAgain(DeploymentName deployment, ContainerWithDevices equipped, Listed current) {
        Container container = equipped.container();
        return switch (current.state()) {
            case RUNNING -> new Outcome.Unchanged();
            case STOPPED -> {
                Finished started = podman.run("start", current.id());
                yield started.succeeded()
                        ? new Outcome.Changed("container %s started again".formatted(container.name()))
                        : failed("cannot be started again", deployment, container.name(), started);
            }
            case LOST -> {
                Finished removed = discard(List.of(current.id()));
                yield removed.succeeded()
                        ? create(deployment, equipped)
                        : failed("is lost and cannot be removed", deployment, container.name(), removed);
            }
        };
    }

    /** When its process ended unseen, podman fails to stop a container, notices by that, and removes it the second time. */
    private Finished discard(List<String> names) {
        List<String> words =
                Stream.concat(Stream.of("rm", "--force"), names.stream()).toList();
        Finished first = podman.run(words);
        return first.succeeded() ? first : podman.run(words);
    }

    /**
     * Makes the new one beside the old one, so that what can fail fails while the old one serves, and then changes over. When
     * the agent is ended in between, its next converge tidies up and goes on.
     */
    private Outcome replace(DeploymentName deployment, ContainerWithDevices equipped, Listed old) {
        Container container = equipped.container();
        String name = arguments.name(deployment, container.name());
        String next = PodmanArguments.nextName(name);
        Finished created = podman.run(arguments.create(next, deployment, equipped));
        if (!created.succeeded()) {
            return failed("cannot be replaced", deployment, container.name(), created);
        }
        Finished stopped = podman.run("stop", old.id());
        Finished started = stopped.succeeded() ? podman.run("start", next) : stopped;
        if (!started.succeeded()) {
            podman.run("rm", "--force", next);
            podman.run("start", old.id());
            Outcome.Failed failed =
                    failed("cannot be replaced, so the previous one goes on", deployment, container.name(), started);
            backoff.remember(name, arguments.fingerprint(equipped), failed.cause());
            return failed;
        }
        backoff.forget(name);
        Finished tidied = discard(List.of(old.id()));
        Finished renamed = tidied.succeeded() ? podman.run("rename", next, name) : tidied;
        return renamed.succeeded()
                ? new Outcome.Changed(
                        "container %s replaced, now from %s".formatted(container.name(), container.image()))
                : failed("is replaced but the previous one cannot be removed", deployment, container.name(), renamed);
    }

    private Outcome.Failed failed(String what, DeploymentName deployment, ContainerName container, Finished finished) {
        Cause cause =
                Diagnosis.of("container '%s' %s".formatted(container, what), where(deployment, container), finished);
        return new Outcome.Failed(cause);
    }

    private String where(DeploymentName deployment, ContainerName container) {
        return "node %s, deployment %s, podman container %s"
                .formatted(node, deployment, arguments.name(deployment, container));
    }
}
