// A page that only its node can see, asked for from elsewhere.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(PublishedPort.tcp(Port.of(8080)).onNodeOnly())
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final SmokeTest TEST = HttpSmokeTest.of(«WEB», HttpPath.of("/"), "Welcome"); //! the smoke test of service 'web' cannot reach 8080, from its node only; let it take the word of the node: HealthSmokeTest.of(…)
    //= static final SmokeTest TEST = HealthSmokeTest.of(WEB);
}
