package io.nationtech.harmony.engine;

import static java.util.stream.Collectors.toMap;

import io.nationtech.harmony.domain.node.ForeignResource;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.rollout.KeptChange;
import io.nationtech.harmony.rollout.NodeProgress;
import io.nationtech.harmony.rollout.PlannedChange;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.RolloutState;
import io.nationtech.harmony.rollout.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a rollout changes, and from where it goes on.
 *
 * @param target what it comes to, as {@link RolloutRecord.Began#target}
 * @param again nodes that failed, and are told the same once more
 */
record RolloutCourse(String target, List<KeptChange> changes, RolloutState state, Set<NodeId> again) {
    RolloutCourse {
        changes = List.copyOf(changes);
        again = Set.copyOf(again);
    }

    /** A rollout of the same deployment that was there before. */
    record Earlier(RolloutRecord rollout, List<KeptChange> changes) {
        Earlier {
            changes = List.copyOf(changes);
        }

        private NodeProgress progress(NodeId node) {
            return Optional.ofNullable(rollout.progress().nodes().get(node)).orElseGet(NodeProgress.Waiting::new);
        }

        /** Whether nodes were left between what they had and what they were to have. */
        private boolean wasLeft() {
            return !(rollout.progress().verdict() instanceof Verdict.Done);
        }

        private boolean wentBack() {
            return switch (rollout.progress().verdict()) {
                case Verdict.RollingBack _, Verdict.RolledBack _ -> true;
                case Verdict.Running(), Verdict.Done() -> false;
                case Verdict.Paused _, Verdict.Stopped _ -> false;
            };
        }
    }

    /**
     * The course of a plan. An earlier rollout of the same that did not come to its end goes on where it was: nodes that failed are
     * tried again before any other is touched. After one of something else, nodes that were left in the middle go back, when they
     * have to, to what they had before that.
     */
    static RolloutCourse of(FleetPlan plan, Optional<Earlier> earlier, Instant now) {
        String target = plan.target();
        Map<NodeId, KeptChange> changes = new TreeMap<>();
        plan.changes()
                .forEach(change -> changes.put(
                        change.node().info().id(),
                        new KeptChange(
                                FleetPlan.planned(change),
                                known(change.from()),
                                change.to().resources())));
        Map<NodeId, NodeProgress> progress = new HashMap<>();
        Set<NodeId> again = new HashSet<>();
        earlier.filter(Earlier::wasLeft).ifPresent(before -> {
            boolean isSame = before.rollout().began().target().equals(target) && !before.wentBack();
            for (KeptChange kept : before.changes()) {
                NodeId node = kept.planned().node();
                boolean isWanted = plan.wanted(node).equals(new NodeSpec(kept.after()));
                boolean isTold = !changes.containsKey(node);
                switch (before.progress(node)) {
                    case NodeProgress.Done()
                    when isSame && isWanted && isTold -> {
                        changes.put(node, kept);
                        progress.put(node, new NodeProgress.Done());
                    }
                    case NodeProgress.Lost()
                    when isSame && isWanted && isTold -> {
                        changes.put(node, kept);
                        progress.put(node, new NodeProgress.Lost());
                    }
                    case NodeProgress.Started _, NodeProgress.Healthy _
                    when isSame && isWanted -> {
                        changes.put(node, kept);
                        progress.put(node, new NodeProgress.Started(now));
                    }
                    case NodeProgress.Failed _
                    when isSame && isWanted -> {
                        changes.put(node, kept);
                        progress.put(node, new NodeProgress.Started(now));
                        again.add(node);
                    }
                    case NodeProgress.Started _, NodeProgress.Healthy _, NodeProgress.Failed _ ->
                        changes.computeIfPresent(node, (_, change) -> withBefore(change, kept));
                    case NodeProgress.Returning _ ->
                        changes.computeIfPresent(node, (_, change) -> withBefore(change, kept));
                    case NodeProgress.Waiting(), NodeProgress.Done(), NodeProgress.Lost(), NodeProgress.Returned() -> {}
                }
            }
        });
        return new RolloutCourse(
                target,
                List.copyOf(changes.values()),
                RolloutState.begin(changes.keySet(), now).with(progress),
                again);
    }

    /** What is not known here cannot be told to a node again. */
    private static List<NodeResource> known(NodeSpec before) {
        return before.resources().stream()
                .filter(resource -> !(resource instanceof ForeignResource))
                .toList();
    }

    private static KeptChange withBefore(KeptChange change, KeptChange kept) {
        return new KeptChange(change.planned(), kept.before(), change.after());
    }

    List<PlannedChange> planned() {
        return changes.stream().map(KeptChange::planned).toList();
    }

    /** The changes as the engine has them, of nodes that were read. */
    Map<NodeId, NodeChange> of(Map<NodeId, NodeStatus> nodes) {
        return changes.stream()
                .flatMap(change -> Optional.ofNullable(
                        nodes.get(change.planned().node()))
                        .map(node -> new NodeChange(node, new NodeSpec(change.before()), new NodeSpec(change.after())))
                        .stream())
                .collect(toMap(change -> change.node().info().id(), Function.identity()));
    }
}
