package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;

/**
 * How far a node is with a deployment.
 *
 * @param revision of the desired state that this answers
 */
public record NodeState(
        NodeId node,
        DeploymentName deployment,
        long revision,
        Convergence convergence,
        List<ContainerStatus> containers) {
    public NodeState {
        containers = List.copyOf(containers);
    }
}
