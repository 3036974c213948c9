// No time to come up.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));

    static final HttpSmokeTest PROOF = HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome");
    static final HttpSmokeTest HASTY = PROOF.within(«Duration.ZERO»); //! the smoke test of service 'web' has a timeout of PT0S; it must be longer than zero
    //= static final HttpSmokeTest HASTY = PROOF.within(Duration.ofMinutes(1));
}
