// A limit in which a unit was forgotten.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService.ProbedAt WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"));
    static final Object ALL = WEB.memoryLimit(«Memory.ofBytes(512)»); //! service 'web' is limited to 512 B of memory, in which nothing starts; was another unit meant?
    //= static final Object ALL = WEB.memoryLimit(Memory.mebibytes(512));
}
