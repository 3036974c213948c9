// A probe on a port that is not published. KubeLinter: liveness-port.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = new ContainerService(
            ServiceName.of("web"),
            ImageReference.of("registry.example.org/site:1"),
            Replicas.of(2),
            new PublishedPort(Port.of(8080), Port.of(80)),
            «HttpProbe.of(Port.of(8081), HttpPath.of("/health"))», //! probe of service 'web' asks port 8081, but the service publishes 8080
    //=         HttpProbe.of(Port.of(8080), HttpPath.of("/health")),
            Memory.mebibytes(64));
}
