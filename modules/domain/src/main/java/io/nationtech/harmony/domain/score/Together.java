package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.hardware.Contradiction;
import io.nationtech.harmony.domain.hardware.Requirements;
import io.nationtech.harmony.domain.hardware.Storage;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.SharedNetwork;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.Priority;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Taint;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Services that belong together, as an application with its database: they run on one node or on none, move together, and share a network of
 * their own, in which each reaches the others by their names, also those that publish nothing. Whoever uses the name of another starts
 * after it. Each is there once.
 *
 * @param name of the group, beside which each service has its own
 * @param members 2 to 16 services of one container each
 * @param <C> a set that has what all of them need
 */
public record Together<C extends Capability>(ServiceName name, List<Score<? super C>> members) implements Score<C> {
    private static final DeploymentName ANY = DeploymentName.of("declared");
    private static final int MOST = 16;

    public Together {
        members = List.copyOf(members);
        if (members.size() < 2 || members.size() > MOST) {
            throw new InvalidValueException("group '%s' has %d services; it has 2 to %d, as one alone needs no group"
                    .formatted(name, members.size(), MOST));
        }
        requireNamesOfTheirOwn(name, members);
        members.forEach(member -> requireSingle(name, member));
        requireDataOfTheirOwn(name, members);
        // Whether they go together is said now, at the line that joins them, and not when they are deployed.
        List<Score<? super C>> ordered = inOrder(name, members);
        if (expansion(name, ordered, ANY, new Inventory(List.of(), Extended.firstVersions(secrets(members))))
                instanceof Expansion.Runs(List<Task> tasks)) {
            requirePossible(name, tasks.getFirst().workload());
        }
    }

    /** A group of these. */
    @SafeVarargs
    public static <C extends Capability> Together<C> of(
            ServiceName name, Score<? super C> first, Score<? super C> second, Score<? super C>... others) {
        List<Score<? super C>> all = new ArrayList<>();
        all.add(first);
        all.add(second);
        for (Score<? super C> other : others) {
            all.add(other);
        }
        return new Together<>(name, all);
    }

    private static void requireNamesOfTheirOwn(ServiceName group, List<? extends Score<?>> members) {
        Set<ServiceName> names = new HashSet<>(Set.of(group));
        for (Score<?> member : members) {
            if (!names.add(member.name())) {
                throw new InvalidValueException(
                                member.name().equals(group)
                                        ? "group '%s' has the name of one of its services; give it another"
                                                .formatted(group)
                                        : "group '%s' has two services '%s'; give each a name of its own, and name none twice"
                                                .formatted(group, member.name()))
                        .about(member);
            }
        }
    }

    /** What makes copies of a score is said of the group. */
    private static void requireSingle(ServiceName group, Score<?> member) {
        if (!member.members().isEmpty()) {
            throw new InvalidValueException("group '%s' has group '%s' in it; name its services instead"
                            .formatted(group, member.name()))
                    .about(member);
        }
        if (isOnEveryNode(member)) {
            throw new InvalidValueException(
                            "service '%s' of group '%s' is on every node, and the group on one; say it of the group: with(new EveryNode())"
                                    .formatted(member.name(), group))
                    .about(member);
        }
    }

    private static boolean isOnEveryNode(Score<?> score) {
        return score instanceof Extended<?>(Score<?> base, Extension<?> extension)
                && (extension instanceof EveryNode || isOnEveryNode(base));
    }

    private static void requireDataOfTheirOwn(ServiceName group, List<? extends Score<?>> members) {
        Map<DataName, ServiceName> owners = new HashMap<>();
        for (Score<?> member : members) {
            for (Volume volume : member.volumes()) {
                ServiceName owner = owners.put(volume.name(), member.name());
                if (owner != null && !owner.equals(member.name())) {
                    throw new InvalidValueException(
                                    "services '%s' and '%s' of group '%s' both keep volume '%s'; give one of the two another name, or say it of the group: with(Volumes.of(…))"
                                            .formatted(owner, member.name(), group, volume.name()))
                            .about(member);
                }
            }
        }
    }

    /** Those whose names are used come first; of others, those that were named first. */
    private static <S extends Score<?>> List<S> inOrder(ServiceName group, List<S> members) {
        Map<ServiceName, S> byName = new LinkedHashMap<>();
        members.forEach(member -> byName.put(member.name(), member));
        Map<ServiceName, S> ordered = new LinkedHashMap<>();
        byName.keySet().forEach(name -> follow(group, name, byName, ordered, new LinkedHashSet<>()));
        return List.copyOf(ordered.values());
    }

    private static <S extends Score<?>> void follow(
            ServiceName group,
            ServiceName name,
            Map<ServiceName, S> members,
            Map<ServiceName, S> ordered,
            LinkedHashSet<ServiceName> way) {
        S member = members.get(name);
        if (member == null || ordered.containsKey(name)) {
            return;
        }
        if (!way.add(name)) {
            throw new InvalidValueException(
                            "services of group '%s' need each other in a circle, so that none can start first: %s → %s; one of them must do without"
                                    .formatted(
                                            group,
                                            way.stream()
                                                    .dropWhile(one -> !one.equals(name))
                                                    .map(ServiceName::value)
                                                    .collect(Collectors.joining(" → ")),
                                            name))
                    .about(member);
        }
        member.reaches().stream()
                .sorted()
                .filter(other -> !other.equals(name))
                .forEach(other -> follow(group, other, members, ordered, way));
        way.remove(name);
        ordered.put(name, member);
    }

    private static Expansion expansion(
            ServiceName group, List<? extends Score<?>> ordered, DeploymentName deployment, Inventory inventory) {
        List<Task> tasks = new ArrayList<>();
        for (Score<?> member : ordered) {
            switch (member.expand(deployment, inventory)) {
                case Expansion.Impossible impossible -> {
                    return impossible;
                }
                case Expansion.Runs(List<Task> own) -> tasks.add(single(group, member, own));
            }
        }
        requirePortsOfTheirOwn(group, ordered, tasks);
        WorkloadId id = new WorkloadId(new ServiceRef(deployment, group), 0);
        SharedNetwork network = network(
                group,
                Container.among(tasks.stream().flatMap(task -> task.resources().stream()))
                        .toList());
        return new Expansion.Runs(List.of(new Task(
                joined(id, tasks.stream().map(Task::workload).toList()),
                tasks.stream()
                        .flatMap(task -> task.resources().stream())
                        .<NodeResource>map(resource -> resource instanceof Container container
                                ? container.with(container.network().sharing(network))
                                : resource)
                        .toList(),
                withDevices(group, tasks).main().id())));
    }

    private static SharedNetwork network(ServiceName group, List<Container> containers) {
        Map<ContainerName, ContainerName> carriers = new HashMap<>();
        containers.forEach(container ->
                container.network().through().ifPresent(carrier -> carriers.put(container.name(), carrier)));
        return new SharedNetwork(
                group,
                containers.stream().map(Container::name).toList(),
                containers.stream()
                        .filter(Container::isOnHostNetwork)
                        .map(Container::name)
                        .collect(Collectors.toSet()),
                carriers);
    }

    private static Task single(ServiceName group, Score<?> member, List<Task> own) {
        if (own.size() != 1) {
            throw new InvalidValueException(
                            "service '%s' runs %d times, and group '%s', which it belongs to, is on one node; run it once, or outside of the group"
                                    .formatted(member.name(), own.size(), group))
                    .about(member);
        }
        List<ContainerName> containers = Container.among(own.getFirst().resources().stream())
                .map(Container::name)
                .toList();
        if (!containers.equals(List.of(ContainerName.of(member.name().value())))) {
            throw new InvalidValueException(
                            "score '%s' comes to containers %s; in group '%s' each score is one container of its own name"
                                    .formatted(member.name(), containers, group))
                    .about(member);
        }
        return own.getFirst();
    }

    private static void requirePortsOfTheirOwn(ServiceName group, List<? extends Score<?>> ordered, List<Task> tasks) {
        Map<NodePort, ServiceName> owners = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            ServiceName name = ordered.get(i).name();
            for (NodePort port : tasks.get(i).workload().ports()) {
                ServiceName owner = owners.put(port, name);
                if (owner != null) {
                    throw new InvalidValueException(
                                    "services '%s' and '%s' of group '%s' both publish port %s of their node; give one another port of the node, or let it publish nothing: in the group it is reached by its name"
                                            .formatted(owner, name, group, port))
                            .about(ordered.get(i));
                }
            }
        }
    }

    /** The one that uses devices, or else the first. Room on a disk is counted, and used by whoever is there. */
    private static Task withDevices(ServiceName group, List<Task> tasks) {
        List<Task> using = tasks.stream()
                .filter(task ->
                        task.workload().needs().claims().stream().anyMatch(claim -> !(claim instanceof Storage)))
                .toList();
        if (using.size() > 1) {
            throw new InvalidValueException(
                    "several services of group '%s' use devices: %s; in a group one of them may, for now"
                            .formatted(
                                    group,
                                    using.stream()
                                            .map(task -> task.main().id().name().value())
                                            .toList()));
        }
        return using.isEmpty() ? tasks.getFirst() : using.getFirst();
    }

    /** All that any of them asks of their node; they are in each other's way nowhere, as they run side by side. */
    private static Workload joined(WorkloadId id, List<Workload> works) {
        Workload all = Workload.of(id, works.getFirst().demand())
                .needing(new Requirements(works.stream()
                        .flatMap(work -> work.needs().all().stream())
                        .toList()))
                .packed(works.getFirst().packing())
                .priority(works.stream()
                        .map(Workload::priority)
                        .max(Priority::compareTo)
                        .orElseThrow())
                .onLoss(strictest(works))
                .tolerates(toleratedByAll(works));
        List<Affinity> places =
                works.stream().flatMap(Together::ofOthers).distinct().toList();
        for (Affinity affinity : places) {
            all = all.likes(affinity);
        }
        return all;
    }

    private static Stream<Affinity> ofOthers(Workload work) {
        return work.affinities().stream()
                .filter(affinity -> !(affinity instanceof Affinity.Away away
                        && away.service().equals(work.id().service())));
    }

    /** What must stay keeps all of them; what may move waits as long as the most patient does. */
    private static LossPolicy strictest(List<Workload> works) {
        return works.stream()
                .map(Workload::onLoss)
                .reduce((one, other) -> switch (one) {
                    case LossPolicy.Stays _, LossPolicy.FollowsData _ -> one;
                    case LossPolicy.Moves moves ->
                        other instanceof LossPolicy.Moves others
                                        && others.tolerance().compareTo(moves.tolerance()) < 0
                                ? moves
                                : other;
                })
                .orElseThrow();
    }

    private static Set<Taint> toleratedByAll(List<Workload> works) {
        return works.stream()
                .map(Workload::tolerates)
                .reduce((one, other) -> one.stream().filter(other::contains).collect(Collectors.toSet()))
                .orElseThrow();
    }

    private static void requirePossible(ServiceName group, Workload work) {
        Optional<Contradiction> contradiction = work.contradiction();
        if (contradiction.isPresent()) {
            throw new InvalidValueException(
                    "services of group '%s' ask together for what no node can have: %s; run them apart, or drop one of the two"
                            .formatted(group, contradiction.get()));
        }
    }

    private static List<SecretRef> secrets(List<? extends Score<?>> members) {
        return members.stream()
                .flatMap(member -> member.secrets().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<Volume> volumes() {
        return members.stream().flatMap(member -> member.volumes().stream()).toList();
    }

    @Override
    public List<SecretRef> secrets() {
        return secrets(members);
    }

    @Override
    public List<Score<?>> madeOf() {
        return List.copyOf(members);
    }

    @Override
    public Set<ServiceName> reaches() {
        Set<ServiceName> own = members.stream().map(Score::name).collect(Collectors.toSet());
        return members.stream()
                .flatMap(member -> member.reaches().stream())
                .filter(other -> !own.contains(other))
                .collect(Collectors.toSet());
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return expansion(name, inOrder(name, members), deployment, inventory);
    }
}
