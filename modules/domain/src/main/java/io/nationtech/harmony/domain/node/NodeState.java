package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;

/**
 * How far a node is with a deployment.
 *
 * @param revision of the desired state that this answers
 * @param resources what there is, wanted or not
 */
public record NodeState(
        NodeId node,
        DeploymentName deployment,
        long revision,
        Convergence convergence,
        List<ResourceStatus> resources) {
    public NodeState {
        resources = List.copyOf(resources);
    }
}
