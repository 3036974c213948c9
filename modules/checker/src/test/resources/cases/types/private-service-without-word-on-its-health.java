// That nothing can be asked is said, and not forgotten.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final PrivateService WORKER = ContainerService.named(ServiceName.of("worker"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishesNothing()
            «.memoryLimit»(Memory.mebibytes(64)); //! cannot find symbol: method memoryLimit(Memory)
    //=     .withoutProbe().memoryLimit(Memory.mebibytes(64));
}
