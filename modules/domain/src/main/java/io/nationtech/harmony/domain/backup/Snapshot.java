package io.nationtech.harmony.domain.backup;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Instant;

/**
 * A copy of data as it was at one moment.
 *
 * @param data of which: {@code volume/orders} or {@code dump/db}
 * @param node on which it was
 * @param at when it was made, by that node's clock
 * @param bytes of the data, of which the store keeps fewer; at least 0
 */
public record Snapshot(SnapshotId id, ResourceId data, NodeId node, Instant at, long bytes) {}
