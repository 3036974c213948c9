// The same secret twice in one container.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Score<?> READING = WEB.secrets(SecretRef.of("a"), «SecretRef.of("a")»); //! service 'web' reads secret 'a' twice
    //= static final Score<?> READING = WEB.secrets(SecretRef.of("a"), SecretRef.of("b"));
}
