package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;

/**
 * Work that goes from one node to another.
 *
 * @param gain in points; {@link Integer#MAX_VALUE} when it cannot stay
 */
public record Move(WorkloadId workload, NodeId from, NodeId to, int gain) {}
