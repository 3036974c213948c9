package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.stream.Stream;

/** On which nodes a deployment is, as they are told. */
final class DeploymentNodes {
    private DeploymentNodes() {}

    /** Those of them that somebody chose; at least one. */
    static List<NodeId> of(DeploymentName name, NodeChoice choice, MeshSession session) {
        List<NodeId> nodes = choice.of(session.fleet().inventory().nodes()).stream()
                .filter(node -> Stream.ofNullable(node.desired().get(name))
                        .anyMatch(told -> !told.value().resources().isEmpty()))
                .map(node -> node.info().id())
                .toList();
        if (nodes.isEmpty()) {
            throw choice.isOpen() ? DeploymentArgument.unknown(name) : DeploymentArgument.elsewhere(name);
        }
        return nodes;
    }
}
