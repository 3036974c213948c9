package io.nationtech.harmony.endpoint;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.List;

/**
 * What {@link Uses} comes to: ways from a node to services of other deployments, for the containers of one score.
 *
 * @param name of the score
 * @param endpoints by name
 */
public record UsedEndpoints(ResourceName name, List<Endpoint> endpoints) implements NodeResource {
    public UsedEndpoints {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public ResourceId id() {
        return new ResourceId(UsedEndpointsKind.NAME, name);
    }

    @Override
    public UsedEndpoints named(ResourceName other) {
        return new UsedEndpoints(other, endpoints);
    }
}
