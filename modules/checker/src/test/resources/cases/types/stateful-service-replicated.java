// A service with a volume that one node only can mount, replicated: it has no such word.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/web"));
    static final Object THRICE = WEB.volumes(DATA)«.replicas»(Replicas.of(3)); //! cannot find symbol: method replicas(Replicas)
    //= static final Object THRICE = WEB.replicas(Replicas.of(3));
}
