// A shared volume that one service alone uses.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Home extends ContainerRuntime, VolumeStore {}

    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/app:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService WORKER = ContainerService.named(ServiceName.of("worker"))
            .image(ImageReference.of("registry.example.org/app:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService CRON = ContainerService.named(ServiceName.of("cron"))
            .image(ImageReference.of("registry.example.org/app:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final Together<Home> APP = Together.of(ServiceName.of("app"), WEB, WORKER);
    static final SharedVolume FILES = «SharedVolume.named(DataName.of("files")).at(WEB, MountPath.of("/srv"))»; //! incompatible types: SharedVolume.InOne cannot be converted to SharedVolume
    //= static final SharedVolume FILES = SharedVolume.named(DataName.of("files")).at(WEB, MountPath.of("/srv")).at(WORKER, MountPath.of("/data"));
}
