package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;

/**
 * Where one replica of a service runs.
 *
 * @param address where others reach what its node publishes
 */
public record ServiceReplica(NodeId node, IpAddress address) {}
