// A volume that a service is to share which runs elsewhere: there is no such data there.
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
    static final SharedVolume FILES = SharedVolume.named(DataName.of("files")).at(WEB, MountPath.of("/srv")).at(CRON, MountPath.of("/srv"));
    static final SharedVolume OURS = SharedVolume.named(DataName.of("files")).at(WEB, MountPath.of("/srv")).at(WORKER, MountPath.of("/srv"));
    static final Extended<Home> SHARING = APP.with(«FILES»); //! service 'cron' is to find volume 'files', and is not among web, worker, of which that is said; say it of the group that it is in
    //= static final Extended<Home> SHARING = APP.with(OURS);
}
