// All of the engine, and nobody says why.
import module io.nationtech.harmony.docker.socket;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime, DockerApi {}
    interface Without extends ContainerRuntime {}

    static final SiteTopology<Lab> LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
    static final SiteTopology<Without> POOR = Topology.of(TopologyName.of("poor"), Without.class, Site.of("basel"));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/dashboard:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final DockerSocket SOCKET = DockerSocket.control(); //! method control in record DockerSocket cannot be applied to given types
    //= static final DockerSocket SOCKET = DockerSocket.control(Reason.of("it makes containers anew"));
}
