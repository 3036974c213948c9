// Four decide no better than three (relation).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Extended<ContainerRuntime> STORE = Quorum.of(«WEB.replicas(Replicas.of(4))»); //! quorum 'web' of 4 replicas survives the loss of no more of them than one of 3; did you mean 5?
    //= static final Extended<ContainerRuntime> STORE = Quorum.of(WEB.replicas(Replicas.of(3)));
}
