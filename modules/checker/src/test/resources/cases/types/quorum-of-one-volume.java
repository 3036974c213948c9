// Members of a quorum that would share one volume.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Home extends ContainerRuntime, VolumeStore {}

    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/web"));
    static final Extended<Home> SHOP = WEB.volumes(DATA);
    static final Object STORE = Quorum.of(«SHOP»); //! incompatible types: Extended<Case.Home> cannot be converted to ContainerService
    //= static final Object STORE = Quorum.of(WEB.replicas(Replicas.of(3)));
}
