package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one node is told to have of one deployment. Without resources, the deployment is withdrawn from the node; what a node
 * was told stays true until it is told otherwise, so a lost message never stops work.
 *
 * @param resources with labels of their own
 * @param rollback when the node goes back, by itself, to what it last had whole: it did not have this within the deadline, and hold it
 *     for as long as it must. Empty when it goes on trying
 */
public record DesiredState(
        NodeId node,
        DeploymentName deployment,
        List<NodeResource> resources,
        @Since(2) Optional<Pace> rollback) {
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

    /** What a node goes on trying to have. */
    public DesiredState(NodeId node, DeploymentName deployment, List<NodeResource> resources) {
        this(node, deployment, resources, Optional.empty());
    }

    /** The same with other resources. */
    public DesiredState with(List<NodeResource> others) {
        return new DesiredState(node, deployment, others, rollback);
    }

    /** The same, from which the node goes back by itself on these terms, or never when there are none. */
    public DesiredState with(Optional<Pace> terms) {
        return new DesiredState(node, deployment, resources, terms);
    }

    /** Tells a node that a deployment is no longer wanted there. */
    public static DesiredState withdrawn(NodeId node, DeploymentName deployment) {
        return new DesiredState(node, deployment, List.of());
    }
}
