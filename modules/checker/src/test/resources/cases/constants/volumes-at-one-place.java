// One volume hides another.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/web"));
    static final Volume ALL = Volume.of(DataName.of("all"), MountPath.of("/var/lib/web"));
    static final Volume ABOVE = Volume.of(DataName.of("all"), MountPath.of("/var/lib"));
    static final Object BOTH = WEB.volumes(DATA, «ALL»); //! volumes 'data' and 'all' of service 'web' are both at /var/lib/web; one would hide the other
    //= static final Object BOTH = WEB.volumes(DATA, ABOVE);
}
