// A probe on a port that is not published. KubeLinter: liveness-port.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HttpProbe PROBE = HttpProbe.of(Port.of(8081), HttpPath.of("/health"));
    static final HttpProbe OWN = HttpProbe.of(Port.of(8080), HttpPath.of("/health"));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(new PublishedPort(Port.of(8080), Port.of(80)))
            .probedBy(«PROBE») //! probe of service 'web' asks port 8081, but the service publishes 8080
    //=     .probedBy(OWN)
            .memoryLimit(Memory.mebibytes(64));
}
