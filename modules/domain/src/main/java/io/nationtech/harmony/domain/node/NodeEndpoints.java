package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * Where a node takes connections for a deployment: all that other nodes may know of it.
 *
 * @param address where others reach what the node publishes
 * @param serves ports of services that take connections there
 */
public record NodeEndpoints(NodeId node, DeploymentName deployment, IpAddress address, List<ServedPort> serves) {
    public NodeEndpoints {
        serves = List.copyOf(serves);
    }

    /** Of what a node says of itself; empty when it serves nobody, or does not say where. */
    public static Optional<NodeEndpoints> of(NodeState state) {
        return state.address()
                .filter(_ -> !state.serves().isEmpty())
                .map(address -> new NodeEndpoints(state.node(), state.deployment(), address, state.serves()));
    }
}
