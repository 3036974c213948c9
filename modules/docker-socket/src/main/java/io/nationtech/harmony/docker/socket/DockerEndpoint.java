package io.nationtech.harmony.docker.socket;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;

/**
 * What a {@link DockerSocket} comes to: a socket on a node, for the containers of one score.
 *
 * @param name of the score
 */
public record DockerEndpoint(ResourceName name, DockerAccess access) implements NodeResource {
    @Override
    public ResourceId id() {
        return new ResourceId(DockerEndpointKind.NAME, name);
    }

    @Override
    public DockerEndpoint named(ResourceName other) {
        return new DockerEndpoint(other, access);
    }
}
