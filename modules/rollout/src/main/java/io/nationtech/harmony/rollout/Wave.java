package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;

/**
 * Nodes that are changed at the same time.
 *
 * @param nodes ordered, at least one
 */
public record Wave(Phase phase, List<NodeId> nodes) {
    public Wave {
        nodes = List.copyOf(nodes);
    }

    /** What is done by it, in this order. */
    public enum Phase {
        /** Nodes get what is new there; all at once, as nothing that runs is touched. */
        ADD,
        /** One node is changed before all others. */
        CANARY,
        /** Running work is changed, for as many nodes at a time as the rollout allows. */
        CHANGE,
        /** What is no longer wanted goes, at once. */
        REMOVE
    }
}
