package io.nationtech.harmony.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.TcpSmokeTest;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.TcpProbe;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EndpointTest {
    private static final Port MQTT = Port.of(1883);
    private static final Port WEBSOCKETS = Port.of(9001);
    private static final ContainerService BROKER = service(
                    "broker", PublishedPort.tcp(MQTT).at(Port.of(11_883)))
            .publishes(PublishedPort.udp(Port.of(5353)))
            .publishes(PublishedPort.tcp(WEBSOCKETS));
    private static final ContainerService CONSOLE =
            service("console", PublishedPort.tcp(Port.of(8080)).onNodeOnly());
    private static final Deployment<ContainerRuntime> MOSQUITTO = Deployment.named(DeploymentName.of("mosquitto"))
            .on(Topology.of(TopologyName.of("lab"), ContainerRuntime.class, Site.of("basel")))
            .runs(Together.of(ServiceName.of("bus"), BROKER, CONSOLE))
            .provenBy(TcpSmokeTest.of(BROKER, Port.of(11_883)));
    private static final Endpoint ENDPOINT = Endpoint.of(MOSQUITTO, BROKER);
    private static final EnvName HOST = EnvName.of("MQTT_HOST");

    private static ContainerService service(String name, PublishedPort port) {
        return ContainerService.named(ServiceName.of(name))
                .image(ImageReference.of("registry.example.org/%s:1".formatted(name)))
                .publishes(port)
                .probedBy(TcpProbe.of(port.node()))
                .memoryLimit(Memory.mebibytes(64));
    }

    private static PrivateService user(String name) {
        return ContainerService.named(ServiceName.of(name))
                .image(ImageReference.of("registry.example.org/%s:1".formatted(name)))
                .publishesNothing()
                .withoutProbe()
                .memoryLimit(Memory.mebibytes(64));
    }

    private static List<Task> tasks(Score<?> score) {
        return switch (score.expand(DeploymentName.of("cameras"), new Inventory(List.of()))) {
            case Expansion.Runs(List<Task> tasks) -> tasks;
            case Expansion.Impossible(var cause) -> throw new AssertionError(cause);
        };
    }

    private static String refusal(Executable wrong) {
        return assertThrows(InvalidValueException.class, wrong).getMessage();
    }

    @Test
    void isReachedAtThePortThatTheServiceListensAt() {
        assertEquals("broker.mosquitto:1883", ENDPOINT.toString());
        assertEquals("broker.mosquitto", ENDPOINT.host().text());
        assertEquals(
                "mqtt://broker.mosquitto:1883/bus",
                ENDPOINT.address().after("mqtt://").before("/bus").text());
        assertEquals(
                "broker.mosquitto:9001",
                Endpoint.of(MOSQUITTO, BROKER, WEBSOCKETS).toString());
    }

    @Test
    void hasAnAddressThatNoMachineHasAndThatStays() {
        assertEquals(IpAddress.of("198.18.127.159"), ENDPOINT.at());
        assertEquals(ENDPOINT.at(), Endpoint.of(MOSQUITTO, BROKER, WEBSOCKETS).at(), "it is the service's");
        for (int i = 0; i < 1_000; i++) {
            IpAddress at = new Endpoint(DeploymentName.of("d" + i), ServiceName.of("s"), MQTT).at();
            assertTrue(Cidr.of("198.18.0.0/15").contains(at), at::toString);
        }
    }

    @Test
    void isNothingThatItsOwnerDoesNotRunOrOffer() {
        assertEquals(
                "deployment 'mosquitto' does not run service 'other', so nobody can use it there",
                refusal(() -> Endpoint.of(MOSQUITTO, service("other", PublishedPort.tcp(MQTT)))));
        assertEquals(
                "service 'console' of deployment 'mosquitto' publishes no TCP port for others than its node, so other deployments cannot use it",
                refusal(() -> Endpoint.of(MOSQUITTO, CONSOLE)));
        assertEquals(
                "service 'broker' of deployment 'mosquitto' does not publish port 5353 of its container by TCP; it publishes [1883, 9001]",
                refusal(() -> Endpoint.of(MOSQUITTO, BROKER, Port.of(5353))));
    }

    @Test
    void whoUsesItIsToldItsNameAndItsNodeLeadsThere() {
        Task task = tasks(user("frigate")
                        .replicas(Replicas.of(2))
                        .with(Uses.of(ENDPOINT).env(HOST, ENDPOINT.host())))
                .getLast();

        Container container =
                Container.among(task.resources().stream()).findFirst().orElseThrow();
        assertEquals(
                Map.of(ENDPOINT.name(), ENDPOINT.at()),
                container.network().names().hosts());
        assertEquals(
                Map.of(HOST, EnvText.of("broker.mosquitto")),
                container.execution().env());
        UsedEndpoints used = (UsedEndpoints) task.resources().getLast();
        assertEquals("endpoints frigate", used.id().toString());
        assertEquals(List.of(ENDPOINT), used.endpoints());
    }

    @Test
    void toldIsUsed() {
        Endpoint websockets = Endpoint.of(MOSQUITTO, BROKER, WEBSOCKETS);

        Uses uses = Uses.of(ENDPOINT).env(HOST, websockets.address());

        assertEquals(Set.of(ENDPOINT, websockets), uses.endpoints());
    }

    @Test
    void membersOfAGroupUseTheirOwn() {
        Task task = tasks(Together.of(
                        ServiceName.of("app"), user("frigate").with(Uses.of(ENDPOINT)), user("double-take")))
                .getFirst();

        assertEquals(
                List.of(1, 0),
                Container.among(task.resources().stream())
                        .map(container -> container.network().names().hosts().size())
                        .toList());
    }

    @Test
    void whatIsSaidTwiceIsRefused() {
        PrivateService frigate = user("frigate");

        assertEquals(
                "score 'frigate' says twice which services of others it uses; name all of them in one Uses.of(…)",
                refusal(() -> frigate.with(Uses.of(ENDPOINT)).with(Uses.of(ENDPOINT))));
        assertEquals(
                "variable MQTT_HOST tells of two endpoints; a variable has one value",
                refusal(() -> Uses.of(ENDPOINT).env(HOST, ENDPOINT.host()).env(HOST, ENDPOINT.address())));
        assertEquals(
                "container 'frigate' of score 'frigate' has variable MQTT_HOST already; say it once",
                refusal(() -> frigate.env(HOST, EnvText.of("elsewhere"))
                        .with(Uses.of(ENDPOINT).env(HOST, ENDPOINT.host()))));
    }
}
