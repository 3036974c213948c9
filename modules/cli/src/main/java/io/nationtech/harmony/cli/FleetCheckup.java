package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.Revocations;
import io.nationtech.harmony.fleet.Signatures.Learned;
import io.nationtech.harmony.fleet.UnreadStates.Standing;
import io.nationtech.harmony.fleet.UnreadStates.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a mesh knows of its nodes and of what runs there. */
record FleetCheckup(Fleet fleet, Instant now) {
    /** Of what there may be thousands so many are told. */
    private static final int TOLD = 10;

    Stream<Finding> findings() {
        Inventory inventory = fleet.inventory();
        List<Unread> unread = fleet.unreadStates().all();
        StatusReport status = StatusReport.of(inventory, fleet.nodeReports().states(), now);
        return Stream.of(
                        nodes(inventory),
                        told(
                                SameName.of(fleet.nodeReports().rivals(), inventory),
                                SameName::finding,
                                "harmony node list"),
                        told(
                                inventory.nodes().stream()
                                        .flatMap(node -> NearlyFull.of(node).stream())
                                        .toList(),
                                NearlyFull::finding,
                                "harmony status"),
                        told(
                                fleet.nodeLogins().asked(),
                                asked -> Finding.warning(
                                        "node '%s' asks for another login".formatted(asked.node()),
                                        "whoever runs the mesh: harmony mesh renew"),
                                "harmony mesh renew"),
                        told(
                                unread.stream()
                                        .filter(one -> one.standing() != Standing.STILL_FOLLOWED)
                                        .toList(),
                                FleetCheckup::unread,
                                "harmony mesh words"),
                        told(signedByRevoked(unread), Function.identity(), "harmony mesh words"),
                        whoIsRevoked(),
                        deployments(status))
                .flatMap(Function.identity());
    }

    private static <T> Stream<Finding> told(List<T> all, Function<T, Finding> finding, String rest) {
        Stream<Finding> first = all.stream().limit(TOLD).map(finding);
        return all.size() <= TOLD
                ? first
                : Stream.concat(first, Stream.of(Finding.bad("and %d more".formatted(all.size() - TOLD), rest)));
    }

    private static Stream<Finding> nodes(Inventory inventory) {
        if (inventory.nodes().isEmpty()) {
            return Stream.of(Finding.warning(
                    "no node has registered yet", "`harmony mesh login --node <name>` makes the login of one"));
        }
        List<NodeStatus> lost =
                inventory.nodes().stream().filter(node -> !node.isAlive()).toList();
        return Stream.concat(
                Stream.of(Finding.good("%d of %d nodes were heard of lately"
                                .formatted(
                                        inventory.nodes().size() - lost.size(),
                                        inventory.nodes().size())))
                        .filter(_ -> lost.size() < inventory.nodes().size()),
                told(lost, FleetCheckup::lost, "harmony node list"));
    }

    /** What a node is told and nobody follows. */
    static Finding unread(Unread one) {
        return Finding.bad(
                "node '%s' does not follow what it is told of deployment '%s': %s"
                        .formatted(one.node(), one.deployment(), one.why().what()),
                "look at it, and sign it or take it away: harmony mesh words");
    }

    static Finding lost(NodeStatus node) {
        NodeId id = node.info().id();
        return Finding.bad(
                "node '%s': %s".formatted(id, silence(node.liveness())),
                "see whether it has power and network; `harmony node forget %s` when it never comes back"
                        .formatted(id));
    }

    private static String silence(Liveness liveness) {
        return switch (liveness) {
            case Liveness.Alive(Duration silence) -> "last heard of %s ago".formatted(Elapsed.of(silence));
            case Liveness.Lost(Duration silence) -> "last heard of %s ago".formatted(Elapsed.of(silence));
            case Liveness.NeverSeen() -> "registered, and never heard of since";
        };
    }

    /** One for each deployment and author. */
    private static List<Finding> signedByRevoked(List<Unread> unread) {
        Map<String, Long> nodes = new TreeMap<>(unread.stream()
                .filter(one -> one.standing() == Standing.STILL_FOLLOWED)
                .collect(Collectors.groupingBy(
                        one -> "deployment '%s': %s"
                                .formatted(one.deployment(), one.why().what()),
                        Collectors.counting())));
        return nodes.entrySet().stream()
                .map(
                        one -> Finding.warning(
                                "%s (%d of its nodes)".formatted(one.getKey(), one.getValue()),
                                "nodes that follow it go on, one with a new disk would not; look at it, and sign it anew: harmony mesh words"))
                .toList();
    }

    private Stream<Finding> whoIsRevoked() {
        try (Revocations.Following revocations = fleet.revocations().following()) {
            return revocations.read().stream()
                    .flatMap(learned ->
                            learned instanceof Learned.Refused(Cause why) ? Stream.of(Finding.of(why)) : Stream.of());
        }
    }

    private static Stream<Finding> deployments(StatusReport status) {
        if (status.deployments().isEmpty()) {
            return Stream.of(Finding.good("nothing is deployed"));
        }
        List<StatusReport> failing = status.deployments().keySet().stream()
                .map(status::only)
                .filter(one -> !one.isAsDeclared())
                .toList();
        return failing.isEmpty()
                ? Stream.of(Finding.good("%d deployments, all as declared"
                        .formatted(status.deployments().size())))
                : told(
                        failing,
                        one -> Finding.bad(
                                "deployment '%s' is not as declared"
                                        .formatted(one.deployments().firstKey()),
                                "harmony status " + one.deployments().firstKey()),
                        "harmony status");
    }
}
