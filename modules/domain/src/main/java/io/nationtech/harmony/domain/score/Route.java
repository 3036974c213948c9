package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.LoadBalancer;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;

/**
 * One address for all healthy replicas of a service.
 *
 * @param listen the port at the load balancer's address
 * @param to the service that the same deployment runs
 */
public record Route(ServiceName name, Port listen, ContainerService to) implements Score<LoadBalancer> {

    /** A route to a service. */
    public static Route of(ServiceName name, Port listen, ContainerService to) {
        return new Route(name, listen, to);
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return Anywhere.once(
                deployment,
                name,
                new ForwardedPort(name, listen, to.name(), to.port().node()));
    }
}
