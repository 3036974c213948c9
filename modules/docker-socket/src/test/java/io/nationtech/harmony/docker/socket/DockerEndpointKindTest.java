package io.nationtech.harmony.docker.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerEndpointKindTest extends ResourceKindContract<DockerEndpoint> {
    @Override
    protected ResourceKind<DockerEndpoint> kind() {
        return new DockerEndpointKind();
    }

    @Override
    protected List<DockerEndpoint> examples() {
        return List.of(
                new DockerEndpoint(ResourceName.of("dashboard"), new DockerAccess.Listing()),
                new DockerEndpoint(
                        ResourceName.of("updater"), new DockerAccess.Control(Reason.of("it makes containers anew"))));
    }

    @Test
    void isThereBeforeContainers() {
        List<ResourceKind<?>> order = ResourceKinds.of(List.of(new ContainerKind(), new DockerEndpointKind()))
                .inOrder();

        assertEquals("docker-endpoint", order.getFirst().name().value());
    }
}
