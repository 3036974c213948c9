package io.nationtech.harmony.domain.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedPortTest {
    private static final Port MQTT = Port.of(1883);
    private static final ContainerService BROKER = ContainerService.named(ServiceName.of("broker"))
            .image(ImageReference.of("registry.example.org/mosquitto:2"))
            .publishes(new PublishedPort(Port.of(11_883), MQTT))
            .probedBy(TcpProbe.of(Port.of(11_883)))
            .memoryLimit(Memory.mebibytes(64))
            .publishes(PublishedPort.udp(Port.of(5353)))
            .publishes(PublishedPort.tcp(Port.of(9001)).onNodeOnly());
    private static final List<ServedPort> SERVED =
            List.of(new ServedPort(ServiceName.of("broker"), MQTT, Port.of(11_883)));

    private static List<ServedPort> served(ResourceStatus... there) {
        return ServedPort.of(List.of(BROKER.container()), List.of(there));
    }

    private static ResourceStatus broker(Phase phase) {
        return ResourceStatus.of(BROKER.container().id(), phase);
    }

    @Test
    void isOfAReplicaThatRunsAndIsHealthy() {
        assertEquals(SERVED, served(broker(Phase.RUNNING).health(Health.HEALTHY)));
        assertEquals(List.of(), served(broker(Phase.RUNNING)), "its probe has not asked yet");
        assertEquals(List.of(), served(broker(Phase.RUNNING).health(Health.UNHEALTHY)));
        assertEquals(List.of(), served(broker(Phase.STOPPED).health(Health.HEALTHY)));
        assertEquals(List.of(), served());
    }

    @Test
    void isOfOneThatRunsWhereNothingAsksForItsHealth() {
        Container unasked = BROKER.container().with(Container.HealthCheck.DEFAULT);

        assertEquals(SERVED, ServedPort.of(List.of(unasked), List.of(broker(Phase.RUNNING))));
    }
}
