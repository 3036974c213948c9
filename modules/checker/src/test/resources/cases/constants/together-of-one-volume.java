// Two databases that would write into the same data.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final PrivateService DB = ContainerService.named(ServiceName.of("db"))
            .image(ImageReference.of("registry.example.org/db:1"))
            .publishesNothing()
            .probedBy(CommandProbe.postgres())
            .memoryLimit(Memory.mebibytes(512));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/db"));
    static final PrivateService CACHE = ContainerService.named(ServiceName.of("cache"))
            .image(ImageReference.of("registry.example.org/cache:1"))
            .publishesNothing()
            .probedBy(CommandProbe.redis())
            .memoryLimit(Memory.mebibytes(64));
    static final Object APP = Together.of(ServiceName.of("app"), WEB, DB.volumes(DATA), «CACHE.volumes(DATA)»); //! services 'db' and 'cache' of group 'app' both keep volume 'data'; give one of the two another name, or say it of the group: with(Volumes.of(…))
    //= static final Object APP = Together.of(ServiceName.of("app"), WEB, DB.volumes(DATA), CACHE);
}
