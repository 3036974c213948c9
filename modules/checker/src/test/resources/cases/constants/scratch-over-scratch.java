// Two folders in memory at one place: one would hide the other.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .scratch(MountPath.of("/var/cache"), Memory.mebibytes(8))
            .scratch(«MountPath.of("/var/cache")», Memory.mebibytes(16)); //! a folder in memory is to be at /var/cache, where the container has something else already
    //=     .scratch(MountPath.of("/var/lib/site"), Memory.mebibytes(16));
}
