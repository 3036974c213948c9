package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Share.Condition;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How deployments are, node by node.
 *
 * @param now to tell people how long something has been so
 * @param sameNames nodes whose name another machine has, too
 */
record StatusReport(SortedMap<DeploymentName, List<Share>> deployments, Instant now, List<SameName> sameNames) {
    private static final List<String> HEAD =
            List.of("DEPLOYMENT", "NODE", "SITE", "STATE", "RESOURCE", "PHASE", "HEALTH", "PUBLISHED", "LAST SEEN");
    private static final String NOTHING = "-";

    /** What nodes are told, met with what they said. */
    static StatusReport of(Inventory inventory, List<NodeState> states, Instant now) {
        Map<List<Object>, NodeState> said = states.stream()
                .collect(Collectors.toMap(state -> List.of(state.node(), state.deployment()), state -> state));
        // What a node is told and does not follow may not be readable here either.
        Map<NodeId, List<NodeState>> failed = states.stream()
                .filter(state -> state.convergence() instanceof Convergence.Failed)
                .collect(Collectors.groupingBy(NodeState::node));
        SortedMap<DeploymentName, List<Share>> deployments = inventory.nodes().stream()
                .flatMap(node -> Stream.concat(
                        node.desired().values().stream()
                                .map(told -> new Share(
                                        node,
                                        told,
                                        Optional.ofNullable(said.get(List.of(
                                                node.info().id(), told.value().deployment()))))),
                        failed.getOrDefault(node.info().id(), List.of()).stream()
                                .filter(state -> !node.desired().containsKey(state.deployment()))
                                .map(state -> new Share(node, nothing(state), Optional.of(state)))))
                .filter(share -> !share.isOver())
                .collect(Collectors.groupingBy(
                        share -> share.told().value().deployment(), TreeMap::new, Collectors.toList()));
        return new StatusReport(deployments, now, List.of());
    }

    private static Versioned<DesiredState> nothing(NodeState state) {
        return new Versioned<>(state.revision(), DesiredState.withdrawn(state.node(), state.deployment()));
    }

    /** The same for one deployment. */
    StatusReport only(DeploymentName deployment) {
        SortedMap<DeploymentName, List<Share>> one = new TreeMap<>();
        Optional.ofNullable(deployments.get(deployment)).ifPresent(shares -> one.put(deployment, shares));
        return new StatusReport(one, now, sameNames);
    }

    /** The same, beside what is known of names that two machines have. */
    StatusReport beside(List<SameName> found) {
        return new StatusReport(deployments, now, found);
    }

    /** Whether every node that is told something has it. */
    boolean isAsDeclared() {
        return deployments.values().stream()
                .flatMap(List::stream)
                .allMatch(share -> share.condition() == Condition.CONVERGED);
    }

    String text(Ink ink) {
        if (deployments.isEmpty()) {
            return "Nothing is deployed. `harmony deploy <module>` begins.\n" + SameName.text(sameNames, ink);
        }
        return Table.of(HEAD, deployments.entrySet().stream().flatMap(entry -> rows(entry.getKey(), entry.getValue())))
                        .render(ink)
                + details()
                + troubles(ink)
                + nearlyFull().map(disk -> disk.text(ink)).collect(Collectors.joining())
                + SameName.text(sameNames, ink);
    }

    private Stream<Row> rows(DeploymentName deployment, List<Share> shares) {
        return shares.stream()
                .flatMap(share -> share.resources().isEmpty()
                        ? Stream.of(row(deployment, share, Cell.of(NOTHING), Optional.empty(), NOTHING))
                        : share.resources().stream()
                                .map(resource -> row(
                                        deployment,
                                        share,
                                        Cell.of(resource.toString()),
                                        share.status(resource),
                                        published(share, resource))));
    }

    private Row row(
            DeploymentName deployment, Share share, Cell resource, Optional<ResourceStatus> status, String published) {
        return Row.of(
                Cell.of(deployment.value()),
                Cell.of(share.node().info().id().value()),
                Cell.of(share.node().info().location().site().value()),
                condition(share),
                resource,
                status.map(this::phase).orElse(unknown(share)),
                status.map(StatusReport::health).orElse(unknown(share)),
                Cell.of(published),
                LastSeen.cell(share.node().liveness()));
    }

    private static Cell unknown(Share share) {
        return share.condition() == Condition.LOST ? new Cell("lost", Tone.BAD) : Cell.of(NOTHING);
    }

    private Cell condition(Share share) {
        Tone tone = switch (share.condition()) {
            case CONVERGED -> Tone.GOOD;
            case CONVERGING, WITHDRAWING -> Tone.CHANGED;
            case FAILED, LOST -> Tone.BAD;
        };
        return new Cell(word(share.condition()) + age(share.since()), tone);
    }

    private Cell phase(ResourceStatus status) {
        Tone tone = switch (status.phase()) {
            case RUNNING, READY, COMPLETED -> Tone.NORMAL;
            case PENDING, STARTING -> Tone.CHANGED;
            case STOPPED -> Tone.BAD;
        };
        String times = status.restarts() == 0 ? "" : ", restarted %d×".formatted(status.restarts());
        return new Cell(word(status.phase()) + age(status.since()) + times, tone);
    }

    /** By the node's clock and this machine's, which may differ by a little. */
    private String age(Optional<Instant> since) {
        return since.map(time -> " for " + Elapsed.of(Duration.between(time, now)))
                .orElse("");
    }

    private static Cell health(ResourceStatus status) {
        Tone tone = switch (status.health()) {
            case HEALTHY -> Tone.GOOD;
            case UNKNOWN -> Tone.NORMAL;
            case UNHEALTHY -> Tone.BAD;
        };
        return new Cell(word(status.health()), tone);
    }

    private static String published(Share share, ResourceId resource) {
        List<String> addresses = share.addresses(resource);
        return addresses.isEmpty() ? NOTHING : String.join(" ", addresses);
    }

    /**
     * What resources wait for, or how they ended: while not all is as it should be, and always of what does not run all the time, and of what changes
     * by itself.
     */
    private String details() {
        String lines = deployments.values().stream()
                .flatMap(List::stream)
                .flatMap(share -> share.resources().stream()
                        .flatMap(resource -> share.status(resource).stream()
                                .filter(status -> share.condition() != Condition.CONVERGED
                                        || isAtRest(status)
                                        || isFollowing(share, resource))
                                .flatMap(status -> status.detail().stream())
                                .map(detail -> "%s on %s, %s: %s%n"
                                        .formatted(
                                                share.told().value().deployment(),
                                                share.node().info().id(),
                                                resource,
                                                detail))))
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : "%n%s".formatted(lines);
    }

    private static boolean isFollowing(Share share, ResourceId resource) {
        return Container.among(share.told().value().resources().stream())
                .anyMatch(container -> container.id().equals(resource)
                        && container.pull().updates().isPresent());
    }

    private static boolean isAtRest(ResourceStatus status) {
        return switch (status.phase()) {
            case READY, COMPLETED -> true;
            case PENDING, STARTING, RUNNING, STOPPED -> false;
        };
    }

    private String troubles(Ink ink) {
        return deployments.values().stream()
                .flatMap(List::stream)
                .flatMap(share -> share.failure().stream()
                        .map(cause -> "%n%s %s%n  → %s%n"
                                .formatted(
                                        ink.paint(
                                                Tone.BAD,
                                                "✗ %s on %s:"
                                                        .formatted(
                                                                share.told()
                                                                        .value()
                                                                        .deployment(),
                                                                share.node()
                                                                        .info()
                                                                        .id())),
                                        "%s (%s)".formatted(cause.what(), cause.where()),
                                        cause.next())))
                .collect(Collectors.joining());
    }

    private Stream<NearlyFull> nearlyFull() {
        return deployments.values().stream()
                .flatMap(List::stream)
                .map(Share::node)
                .distinct()
                .flatMap(node -> NearlyFull.of(node).stream());
    }

    Object json() {
        return Json.object(
                "nearlyFull",
                nearlyFull().map(NearlyFull::json).toList(),
                "sameNames",
                SameName.json(sameNames),
                "deployments",
                deployments.entrySet().stream()
                        .map(entry -> Json.object(
                                "deployment", entry.getKey().value(),
                                "nodes",
                                        entry.getValue().stream()
                                                .map(StatusReport::json)
                                                .toList()))
                        .toList());
    }

    /** The shares alone, each with its deployment's name. */
    List<Object> sharesJson() {
        return deployments.values().stream()
                .flatMap(List::stream)
                .<Object>map(share -> {
                    Map<String, Object> object = Json.object(
                            "deployment", share.told().value().deployment().value());
                    object.putAll(json(share));
                    return object;
                })
                .toList();
    }

    private static Map<String, Object> json(Share share) {
        Map<String, Object> object = Json.object(
                "node", share.node().info().id().value(),
                "site", share.node().info().location().site().value(),
                "state", word(share.condition()),
                "revision", share.told().revision());
        object.putAll(LastSeen.json(share.node().liveness()));
        object.put(
                "resources",
                share.resources().stream()
                        .map(resource -> json(share, resource))
                        .toList());
        share.since().ifPresent(time -> object.put("since", time.toString()));
        share.failure().ifPresent(cause -> object.put("cause", Json.of(cause)));
        return object;
    }

    private static Object json(Share share, ResourceId resource) {
        Map<String, Object> object = Json.object(
                "kind", resource.kind().value(),
                "name", resource.name().value());
        object.put("published", share.addresses(resource));
        String unknown = share.condition() == Condition.LOST ? "lost" : "unknown";
        Optional<ResourceStatus> status = share.status(resource);
        object.put("phase", status.map(known -> word(known.phase())).orElse(unknown));
        object.put("health", status.map(known -> word(known.health())).orElse(unknown));
        status.ifPresent(known -> object.put("restarts", known.restarts()));
        status.flatMap(ResourceStatus::detail).ifPresent(text -> object.put("detail", text));
        status.flatMap(ResourceStatus::since).ifPresent(time -> object.put("since", time.toString()));
        return object;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
