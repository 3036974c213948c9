// A load balancer sends to nodes' addresses, where a private service is not.
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
    static final Route ROUTE = Route.of(ServiceName.of("front"), Port.of(80), «WORKER»); //! incompatible types: PrivateService cannot be converted to ContainerService
    //= static final Route ROUTE = Route.of(ServiceName.of("front"), Port.of(80), WEB);
}
