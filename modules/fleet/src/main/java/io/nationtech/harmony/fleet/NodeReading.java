package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Set;

/**
 * A node as it was read, to decide upon.
 *
 * @param newest the newest revision of all that the node is told, 0 when it never was: with it one writes
 *     {@linkplain ConditionalTelling unless the node was told something since}
 * @param unreadable deployments of which the node is told something that cannot be read here
 */
public record NodeReading(NodeStatus status, long newest, Set<DeploymentName> unreadable) {
    public NodeReading {
        unreadable = Set.copyOf(unreadable);
    }

    /** The same with another status, as of that revision. */
    public NodeReading with(NodeStatus later, long revision) {
        return new NodeReading(later, revision, unreadable);
    }
}
