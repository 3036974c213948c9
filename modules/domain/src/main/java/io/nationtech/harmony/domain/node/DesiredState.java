package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;

/**
 * What one node is told to have of one deployment. Without resources, the deployment is withdrawn from the node; what a node
 * was told stays true until it is told otherwise, so a lost message never stops work.
 */
public record DesiredState(NodeId node, DeploymentName deployment, List<NodeResource> resources) {
    public DesiredState {
        resources = List.copyOf(resources);
    }

    /** Tells a node that a deployment is no longer wanted there. */
    public static DesiredState withdrawn(NodeId node, DeploymentName deployment) {
        return new DesiredState(node, deployment, List.of());
    }

    /** The containers among the resources. */
    public List<Container> containers() {
        return resources.stream()
                .map(resource -> switch (resource) {
                    case Container container -> container;
                })
                .toList();
    }
}
