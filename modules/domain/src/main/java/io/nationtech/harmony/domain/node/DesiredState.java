package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one node is told to have of one deployment. Without resources, the deployment is withdrawn from the node; what a node
 * was told stays true until it is told otherwise, so a lost message never stops work.
 *
 * @param resources with labels of their own
 */
public record DesiredState(NodeId node, DeploymentName deployment, List<NodeResource> resources) {
    public DesiredState {
        resources = List.copyOf(resources);
        Set<String> labels = new HashSet<>();
        for (NodeResource resource : resources) {
            if (!labels.add(resource.label())) {
                throw new InvalidValueException(
                        "deployment '%s' wants %s twice on node '%s'; give each a name of its own"
                                .formatted(deployment, resource.label(), node));
            }
        }
    }

    /** Tells a node that a deployment is no longer wanted there. */
    public static DesiredState withdrawn(NodeId node, DeploymentName deployment) {
        return new DesiredState(node, deployment, List.of());
    }
}
