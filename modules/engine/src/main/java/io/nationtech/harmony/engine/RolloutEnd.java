package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a rollout ended. */
sealed interface RolloutEnd {

    /**
     * Every node was told.
     *
     * @param failed nodes that did not follow, no more than the failure budget allows
     */
    record Reached(SortedMap<NodeId, Cause> failed) implements RolloutEnd {
        public Reached {
            failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
        }
    }

    /** Not every node has what it shall. */
    record Stopped(List<Cause> causes) implements RolloutEnd {
        public Stopped {
            causes = List.copyOf(causes);
        }
    }
}
