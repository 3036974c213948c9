package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Share.Condition;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.fleet.UnreadStates.Standing;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a deployment or a node is not as it should be, as far as the mesh knows, and what to do about it. */
record Reasons(Fleet fleet, Instant now) {

    /** Of a deployment, on all its nodes; empty where nobody knows of one of that name. */
    Optional<List<Finding>> of(DeploymentName deployment) {
        Inventory inventory = fleet.inventory();
        List<Share> shares = StatusReport.of(inventory, fleet.nodeReports().states(deployment), now)
                .only(deployment)
                .deployments()
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
        Optional<RolloutRecord> rollout = fleet.rollouts().of(deployment).map(Versioned::value);
        if (shares.isEmpty() && rollout.isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        rollout.flatMap(record -> rollout(record, shares)).ifPresent(findings::add);
        List<NodeInfo> rivals = fleet.nodeReports().rivals();
        shares.stream()
                .map(Share::node)
                .distinct()
                .flatMap(node -> machine(node, rivals))
                .forEach(findings::add);
        findings.addAll(unread(shares));
        shares.stream().flatMap(this::share).forEach(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.good(
                    "%d nodes have what they are told of deployment '%s'".formatted(shares.size(), deployment)));
        }
        return Optional.of(List.copyOf(findings));
    }

    /** Of a node, in all its deployments; empty where none of that name ever registered. */
    Optional<List<Finding>> of(NodeId id) {
        return fleet.reading(id).map(NodeReading::status).map(node -> {
            List<Share> shares = StatusReport.of(
                            new Inventory(List.of(node)), fleet.nodeReports().states(id), now)
                    .deployments()
                    .values()
                    .stream()
                    .flatMap(Collection::stream)
                    .toList();
            List<Finding> findings = new ArrayList<>();
            machine(node, fleet.nodeReports().rivals(id)).forEach(findings::add);
            node.maintenance()
                    .map(told -> Finding.warning(
                            "node '%s' is %s since %s, by %s: it takes no new work"
                                    .formatted(id, StatusReport.word(told.extent()), told.since(), told.by()),
                            "once it may work again: harmony node uncordon " + id))
                    .ifPresent(findings::add);
            findings.addAll(unread(shares));
            shares.stream().flatMap(this::share).forEach(findings::add);
            if (findings.isEmpty()) {
                findings.add(Finding.good("node '%s' is there, and has what it is told of its %d deployments"
                        .formatted(id, shares.size())));
            }
            return List.copyOf(findings);
        });
    }

    private Optional<Finding> rollout(RolloutRecord rollout, List<Share> shares) {
        String line = new RolloutReport(rollout, fleet.rollouts().planned(rollout.deployment())).line();
        String status = "harmony rollout status " + rollout.deployment();
        return switch (rollout.progress().verdict()) {
            case Verdict.Done() -> Optional.empty();
            case Verdict.Running() -> Optional.of(Finding.warning("its rollout: " + line, status));
            case Verdict.Paused _ ->
                Optional.of(Finding.warning("its rollout: " + line, "harmony rollout resume " + rollout.deployment()));
            case Verdict.RollingBack(var why) -> Optional.of(ended(line, why, shares, status));
            case Verdict.Stopped(var why) -> Optional.of(ended(line, why, shares, status));
            case Verdict.RolledBack(var why) -> Optional.of(ended(line, why, shares, status));
        };
    }

    /** What a node says itself is not said twice. */
    private static Finding ended(String line, Cause why, List<Share> shares, String status) {
        boolean isSaid =
                shares.stream().flatMap(share -> share.failure().stream()).anyMatch(why::equals);
        return isSaid
                ? Finding.bad("its rollout: " + line, status)
                : Finding.bad("its rollout: %s, as %s (%s)".formatted(line, why.what(), why.where()), why.next());
    }

    /** What is amiss with the machine, whatever runs there. */
    private static Stream<Finding> machine(NodeStatus node, List<NodeInfo> rivals) {
        List<NodeInfo> own = rivals.stream()
                .filter(rival -> rival.id().equals(node.info().id()))
                .toList();
        return Stream.of(
                        Stream.of(node).filter(one -> !one.isAlive()).map(FleetCheckup::lost),
                        SameName.of(own, new Inventory(List.of(node))).stream().map(SameName::finding),
                        NearlyFull.of(node).stream().map(NearlyFull::finding),
                        node.info().machine().system().flatMap(NodeSystem::failed).stream()
                                .map(failed -> Finding.of(failed.why())))
                .flatMap(part -> part);
    }

    /** What nodes are told and nobody follows; where the node itself says so, that is told with its share. */
    private List<Finding> unread(List<Share> shares) {
        Set<List<Object>> silent = shares.stream()
                .filter(share -> share.failure().isEmpty())
                .map(Reasons::key)
                .collect(Collectors.toSet());
        return silent.isEmpty()
                ? List.of()
                : fleet.unreadStates().all().stream()
                        .filter(one -> one.standing() != Standing.STILL_FOLLOWED)
                        .filter(one -> silent.contains(List.of(one.node(), one.deployment())))
                        .map(FleetCheckup::unread)
                        .toList();
    }

    private static List<Object> key(Share share) {
        return List.of(share.node().info().id(), share.told().value().deployment());
    }

    private Stream<Finding> share(Share share) {
        return switch (share.condition()) {
            // Said of the node.
            case LOST -> Stream.empty();
            case FAILED ->
                share.failure().stream()
                        .map(why -> Finding.bad(
                                "%s: %s (%s)".formatted(where(share), why.what(), why.where()), why.next()));
            case CONVERGING, WITHDRAWING ->
                Stream.of(Finding.warning(
                        "%s: the node is at it%s%s".formatted(where(share), age(share), notAsWanted(share)),
                        "harmony logs %s; on the node, journalctl -u harmony"
                                .formatted(share.told().value().deployment())));
            case CONVERGED ->
                Stream.of(notAsWanted(share))
                        .filter(text -> !text.isEmpty())
                        .map(text -> Finding.bad(
                                where(share) + text,
                                "harmony logs " + share.told().value().deployment()));
        };
    }

    private static String where(Share share) {
        return "%s on node '%s'"
                .formatted(
                        share.told().value().deployment(), share.node().info().id());
    }

    private String age(Share share) {
        return share.since()
                .map(since -> ", since " + Elapsed.of(Duration.between(since, now)))
                .orElse(share.condition() == Condition.CONVERGING ? ", and has not answered yet" : "");
    }

    private static String notAsWanted(Share share) {
        String resources = share.resources().stream()
                .flatMap(resource -> share.status(resource).stream())
                .filter(status -> !status.isAsWanted())
                .map(ResourceStatus::words)
                .collect(Collectors.joining(", "));
        return resources.isEmpty() ? "" : ": " + resources;
    }
}
