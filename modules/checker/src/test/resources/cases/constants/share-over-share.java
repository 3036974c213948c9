// Two shares at one place: one would hide the other.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final MountedShare PHOTOS = MountedShare.readOnly(ShareName.of("photos"), MountPath.of("/media"));
    static final MountedShare DOCUMENTS = MountedShare.writable(ShareName.of("documents"), MountPath.of("/media"));
    static final Object WHOLE = WEB.shares(PHOTOS, «DOCUMENTS»); //! share 'documents' at /media is where the container has something else already
    //= static final Object WHOLE = WEB.shares(PHOTOS, MountedShare.writable(ShareName.of("documents"), MountPath.of("/documents")));
}
