package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What one node has of a deployment: a resource of the graph, named as the node. Without resources it is not there. */
public record NodeSpec(List<NodeResource> resources) {
    /** The order in which scores are declared means nothing to a node, but that in which containers that are together start does. */
    private static final Comparator<NodeResource> ORDER = Comparator.comparing(NodeSpec::group)
            .thenComparingInt(NodeSpec::turn)
            .thenComparing(NodeResource::label);

    /** Of a node that has nothing of the deployment. */
    public static final NodeSpec NOTHING = new NodeSpec(List.of());

    public NodeSpec {
        resources = resources.stream().sorted(ORDER).toList();
    }

    private static String group(NodeResource resource) {
        return Container.among(Stream.of(resource))
                .flatMap(container -> container.network().shared().stream())
                .map(shared -> "container " + shared.name())
                .findFirst()
                .orElseGet(resource::label);
    }

    private static int turn(NodeResource resource) {
        return Container.among(Stream.of(resource))
                .flatMap(container -> container.network().shared().stream()
                        .map(shared -> shared.before(container.name()).size()))
                .findFirst()
                .orElse(0);
    }
}
