// A job answers nothing.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Job MIGRATE = Job.named(ServiceName.of("migrate"))
            .image(ImageReference.of("registry.example.org/shop:1"))
            .once()
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final HttpSmokeTest TEST = HttpSmokeTest.of(«MIGRATE», HttpPath.of("/"), "ready"); //! incompatible types: Job cannot be converted to ContainerService
    //= static final HttpSmokeTest TEST = HttpSmokeTest.of(WEB, HttpPath.of("/"), "ready");
}
