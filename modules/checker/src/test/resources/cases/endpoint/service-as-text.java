// What is used is an object of its owner.
import module io.nationtech.harmony.endpoint;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime, ServiceDiscovery {}
    interface Without extends ContainerRuntime {}

    static final SiteTopology<Lab> LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
    static final SiteTopology<Without> POOR = Topology.of(TopologyName.of("poor"), Without.class, Site.of("basel"));
    static final ContainerService BROKER = ContainerService.named(ServiceName.of("broker"))
            .image(ImageReference.of("registry.example.org/mosquitto:2"))
            .publishes(PublishedPort.tcp(Port.of(1883)))
            .probedBy(TcpProbe.of(Port.of(1883)))
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService BRIDGE = ContainerService.named(ServiceName.of("bridge"))
            .image(ImageReference.of("registry.example.org/bridge:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final Deployment<Without> MOSQUITTO = Deployment.named(DeploymentName.of("mosquitto")).on(POOR).runs(BROKER).provenBy(TcpSmokeTest.of(BROKER, Port.of(1883)));
    static final Endpoint MQTT = Endpoint.of(MOSQUITTO, BROKER);
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/frigate:1"))
            .publishes(Port.of(5000))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Uses USES = Uses.of("broker.mosquitto:1883"); //! incompatible types: String cannot be converted to Endpoint
    //= static final Uses USES = Uses.of(MQTT);
}
