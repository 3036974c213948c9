package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan: one node's share of a deployment goes from what it is told now to what it will be told.
 *
 * @param current what the node is told now, with the revision that a write must still find
 * @param desired what it will be told
 * @param details the same by resource, for people
 */
public record NodeChange(
        NodeId node, Optional<Versioned<DesiredState>> current, DesiredState desired, List<ResourceChange> details) {
    public NodeChange {
        details = List.copyOf(details);
    }
}
