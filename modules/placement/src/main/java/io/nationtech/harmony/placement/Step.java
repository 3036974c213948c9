package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Instant;

/** What is to be done about work after nodes were lost or came back. */
public sealed interface Step {

    /** For whom. */
    WorkloadId workload();

    /** It goes to another node now. */
    record Replace(WorkloadId workload, NodeId from, NodeId to) implements Step {}

    /** It should go, and no node will do; {@link Placer#explain} says why. */
    record NoPlace(WorkloadId workload, NodeId from) implements Step {}

    /** Its node may yet come back; look again then. */
    record Wait(WorkloadId workload, NodeId at, Instant until) implements Step {}

    /** Its policy keeps it with its node, however long that is lost. */
    record Stay(WorkloadId workload, NodeId at) implements Step {}

    /** The node runs it and should not: it runs elsewhere by now, or is not wanted any more. */
    record Stop(WorkloadId workload, NodeId at) implements Step {}
}
