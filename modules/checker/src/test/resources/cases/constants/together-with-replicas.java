// Three web servers and one database on one node.
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
    static final Object APP = Together.of(ServiceName.of("app"), DB, «WEB.replicas(Replicas.of(3))»); //! service 'web' runs 3 times, and group 'app', which it belongs to, is on one node; run it once, or outside of the group
    //= static final Object APP = Together.of(ServiceName.of("app"), DB, WEB);
}
