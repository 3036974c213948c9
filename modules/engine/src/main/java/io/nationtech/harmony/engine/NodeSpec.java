package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeResource;
import java.util.Comparator;
import java.util.List;

/** What one node has of a deployment: a resource of the graph, named as the node. Without resources it is not there. */
public record NodeSpec(List<NodeResource> resources) {
    /** Of a node that has nothing of the deployment. */
    public static final NodeSpec NOTHING = new NodeSpec(List.of());

    public NodeSpec {
        // The order in which scores are declared means nothing to a node.
        resources = resources.stream()
                .sorted(Comparator.comparing(NodeResource::label))
                .toList();
    }
}
