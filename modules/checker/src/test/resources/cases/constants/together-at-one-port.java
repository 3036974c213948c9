// Two services of one node at one port of it; in their group, one of them needs none.
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
    static final ContainerService API = ContainerService.named(ServiceName.of("api"))
            .image(ImageReference.of("registry.example.org/api:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Object APP = Together.of(ServiceName.of("app"), WEB, «API»); //! services 'web' and 'api' of group 'app' both publish port 8080 of their node; give one another port of the node, or let it publish nothing: in the group it is reached by its name
    //= static final Object APP = Together.of(ServiceName.of("app"), WEB, DB);
}
