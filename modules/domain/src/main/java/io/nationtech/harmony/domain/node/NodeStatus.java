package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Map;

/**
 * A node as the mesh knows it.
 *
 * @param desired what it is told to have, by deployment
 */
public record NodeStatus(NodeInfo info, Liveness liveness, Map<DeploymentName, Versioned<DesiredState>> desired) {
    public NodeStatus {
        desired = Map.copyOf(desired);
    }

    /** Whether work may be put on it. */
    public boolean isAlive() {
        return liveness instanceof Liveness.Alive;
    }
}
