// One alone is no quorum; nobody said how many replicas.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Extended<ContainerRuntime> STORE = Quorum.of(«WEB»); //! quorum 'web' of 1 replicas survives the loss of no more of them than one of 1; did you mean 3?
    //= static final Extended<ContainerRuntime> STORE = Quorum.of(WEB.replicas(Replicas.of(3)));
}
