// One port of a node is one service's; docker and podman find out when the container starts.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .publishes(«PublishedPort.tcp(Port.of(9090)).at(Port.of(8080))»); //! a container publishes port 8080 of its node twice; give one another port of the node
    //=     .publishes(PublishedPort.udp(Port.of(9090)).at(Port.of(8080)));
}
