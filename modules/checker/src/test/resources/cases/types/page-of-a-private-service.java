// Nobody reaches a page of what publishes nothing.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final PrivateService WORKER = ContainerService.named(ServiceName.of("worker"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final HttpSmokeTest TEST = HttpSmokeTest.of(«WORKER», HttpPath.of("/"), "ready"); //! incompatible types: PrivateService cannot be converted to ContainerService
    //= static final HttpSmokeTest TEST = HttpSmokeTest.of(WEB, HttpPath.of("/"), "ready");
}
