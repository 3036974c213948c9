// A privilege without a reason is one that nobody dares to take away again.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .allows(Privilege.WRITABLE_ROOT, Reason.of(«""»)); //! '' is not a reason: write one line of 3 to 200 characters
    //=     .allows(Privilege.WRITABLE_ROOT, Reason.of("keeps thumbnails beside its pages"));
}
