package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.value.NodeId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that is to be known of a rollout to carry it on.
 *
 * @param began by the clock of whoever began it
 * @param nodes how far each node of the plan is
 */
public record RolloutState(Instant began, Verdict verdict, SortedMap<NodeId, NodeProgress> nodes) {
    public RolloutState {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /** One of which nothing is done yet. */
    public static RolloutState begin(Collection<NodeId> nodes, Instant now) {
        return new RolloutState(
                now,
                new Verdict.Running(),
                nodes.stream()
                        .collect(Collectors.toMap(
                                Function.identity(), _ -> new NodeProgress.Waiting(), (one, _) -> one, TreeMap::new)));
    }

    /** The same, standing otherwise. */
    public RolloutState with(Verdict now) {
        return new RolloutState(began, now, nodes);
    }

    /** The same with other progress of some nodes. */
    public RolloutState with(Map<NodeId, NodeProgress> changed) {
        SortedMap<NodeId, NodeProgress> later = new TreeMap<>(nodes);
        later.putAll(changed);
        return new RolloutState(began, verdict, later);
    }
}
