// No probe: nobody knows whether it works. kube-score: pod-probes.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Object WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(80))
            «.memoryLimit»(Memory.mebibytes(64)); //! cannot find symbol: method memoryLimit(Memory)
    //=         .probedAt(HttpPath.of("/")).memoryLimit(Memory.mebibytes(64));
}
