package io.nationtech.harmony.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsedEndpointsKindTest extends ResourceKindContract<UsedEndpoints> {
    @Override
    protected ResourceKind<UsedEndpoints> kind() {
        return new UsedEndpointsKind();
    }

    @Override
    protected List<UsedEndpoints> examples() {
        return List.of(new UsedEndpoints(
                ResourceName.of("frigate"),
                List.of(
                        new Endpoint(DeploymentName.of("metrics"), ServiceName.of("influxdb"), Port.of(8086)),
                        new Endpoint(DeploymentName.of("mosquitto"), ServiceName.of("broker"), Port.of(1883)))));
    }

    @Test
    void isThereBeforeContainers() {
        List<ResourceKind<?>> order = ResourceKinds.of(List.of(new ContainerKind(), new UsedEndpointsKind()))
                .inOrder();

        assertEquals("endpoints", order.getFirst().name().value());
    }
}
