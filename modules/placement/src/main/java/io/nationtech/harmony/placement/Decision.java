package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Contradiction;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;

/** What was decided for one workload. Why the other nodes were not chosen is told by {@link Placer#explain}, when somebody asks. */
public sealed interface Decision {

    /** For whom. */
    WorkloadId workload();

    /**
     * It runs there.
     *
     * @param devices what its claims on devices got
     * @param points why this node, term by term
     */
    record Placed(WorkloadId workload, NodeId node, List<Grant> devices, Points points) implements Decision {
        public Placed {
            devices = List.copyOf(devices);
        }
    }

    /**
     * It runs there once the work that it drives out has ended; that work waits for another place.
     *
     * @param ended of lower priority, at least one
     */
    record Preempting(Placed placed, List<Workload> ended) implements Decision {
        public Preempting {
            ended = List.copyOf(ended);
        }

        @Override
        public WorkloadId workload() {
            return placed.workload();
        }
    }

    /** No node can have it now; nothing else is touched. */
    record Unplaced(WorkloadId workload) implements Decision {}

    /** No node could ever have it. */
    record Refused(WorkloadId workload, Contradiction contradiction) implements Decision {}
}
