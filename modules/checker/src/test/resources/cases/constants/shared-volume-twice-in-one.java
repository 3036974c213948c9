// A volume that is to be at two places of one service.
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
    static final SharedVolume FILES = SharedVolume.named(DataName.of("files"))
            .at(WEB, MountPath.of("/srv"))
            .at(«WEB», MountPath.of("/data")); //! service 'web' finds volume 'files' at /srv already, and is to find it at /data too
    //=     .at(WORKER, MountPath.of("/data"));
}
