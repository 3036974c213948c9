// Two services that each wait for the other's name.
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
    static final ContainerService ASKING = WEB.env(EnvName.of("DB_HOST"), DB.host());
    static final PrivateService CALLING = DB.env(EnvName.of("HOOK"), WEB.address(Port.of(8080)).after("http://"));
    static final Object APP = Together.of(ServiceName.of("app"), «ASKING», CALLING); //! services of group 'app' need each other in a circle, so that none can start first: web → db → web; one of them must do without
    //= static final Object APP = Together.of(ServiceName.of("app"), ASKING, DB);
}
