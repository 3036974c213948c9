// One service named twice, where another was meant.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final PrivateService DB = ContainerService.named(ServiceName.of("db"))
            .image(ImageReference.of("registry.example.org/db:1"))
            .publishesNothing()
            .probedBy(CommandProbe.postgres())
            .memoryLimit(Memory.mebibytes(512));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Object APP = Together.of(ServiceName.of("app"), «DB», WEB, DB); //! group 'app' has two services 'db'; give each a name of its own, and name none twice
    //= static final Object APP = Together.of(ServiceName.of("app"), DB, WEB);
}
