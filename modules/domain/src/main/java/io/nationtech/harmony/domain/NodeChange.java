package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan: one node's share of a deployment goes from what it is told now to what it will be told.
 *
 * @param node as read when planning, with what it was told then
 * @param desired what it will be told
 * @param details the same by resource, for people; at least one
 */
public record NodeChange(NodeStatus node, DesiredState desired, List<ResourceChange> details) {
    public NodeChange {
        details = List.copyOf(details);
    }

    /** What the node was told when planning; applying fails when that is no longer so. */
    public Optional<Versioned<DesiredState>> current() {
        return Optional.ofNullable(node.desired().get(desired.deployment()));
    }

    /** Whether something that runs is touched. */
    public boolean isDisruptive() {
        return details.stream().anyMatch(detail -> !(detail instanceof ResourceChange.Create));
    }
}
