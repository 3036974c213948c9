// A test that is over before what it waits for can have happened.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final PrivateService WORKER = ContainerService.named(ServiceName.of("worker"))
            .image(ImageReference.of("registry.example.org/app:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final HealthSmokeTest TEST = HealthSmokeTest.of(WORKER).steadyFor(«Duration.ofMinutes(5)»); //! the smoke test of service 'worker' wants it steady for PT5M, and ends after PT2M; the one must be shorter than the other, and longer than zero
    //= static final HealthSmokeTest TEST = HealthSmokeTest.of(WORKER).within(Duration.ofMinutes(10)).steadyFor(Duration.ofMinutes(5));
}
