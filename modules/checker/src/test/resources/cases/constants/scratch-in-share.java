// A folder in memory in a share: the place for it would be made on the NAS.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final MountedShare PHOTOS = MountedShare.readOnly(ShareName.of("photos"), MountPath.of("/media"));
    static final Object WHOLE = WEB.scratch(MountPath.of("/media/cache"), Memory.mebibytes(8)).shares(«PHOTOS»); //! what the container has at /media/cache would lie in share 'photos' at /media, and make a folder there; mount it beside
    //= static final Object WHOLE = WEB.scratch(MountPath.of("/var/cache"), Memory.mebibytes(8)).shares(PHOTOS);
}
