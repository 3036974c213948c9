// More memory is requested than the limit allows. Kubernetes' API server: Invalid value: "128Mi": must be less than or equal to memory limit.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .memoryRequest(«Memory.mebibytes(128)»); //! service 'web' requests 128 MiB of memory, and its limit is 64 MiB
    //=     .memoryRequest(Memory.mebibytes(32));
}
