package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.Set;

/**
 * What a {@link Route} comes to: a port of the node from which connections go to the healthy replicas of a service.
 *
 * @param listen at the node's address
 * @param target at the addresses of the nodes that run a replica
 */
public record ForwardedPort(ServiceName name, Port listen, ServiceName to, Port target) implements NodeResource {
    @Override
    public ResourceId id() {
        return new ResourceId(ForwardedPortKind.NAME, ResourceName.of(name.value()));
    }

    @Override
    public ForwardedPort named(ResourceName other) {
        return new ForwardedPort(ServiceName.of(other.value()), listen, to, target);
    }

    @Override
    public Claim claim() {
        return Claim.NOTHING.ports(Set.of(NodePort.tcp(listen)));
    }
}
