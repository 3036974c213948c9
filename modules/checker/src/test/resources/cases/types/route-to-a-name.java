// A route leads to a service, not to a name that may mean none.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Route IN = Route.of(ServiceName.of("in"), Port.of(80), «ServiceName.of("web")»); //! incompatible types: ServiceName cannot be converted to ContainerService
    //= static final Route IN = Route.of(ServiceName.of("in"), Port.of(80), WEB);
}
