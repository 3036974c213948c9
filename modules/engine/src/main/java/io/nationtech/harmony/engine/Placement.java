package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ServiceReplicas;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.stream.Collectors;

/** Which score wants what on which node: the resources of one task. */
public record Placement(ServiceName score, NodeId node, List<NodeResource> resources) {
    public Placement {
        resources = List.copyOf(resources);
    }

    /** The same, whose resources know where the services are that they lead to. */
    Placement leadingTo(ServiceReplicas services) {
        return new Placement(
                score,
                node,
                resources.stream().map(resource -> resource.leadingTo(services)).toList());
    }

    /** All that it is, for people. */
    public String label() {
        return resources.stream().map(NodeResource::label).collect(Collectors.joining(", "));
    }
}
