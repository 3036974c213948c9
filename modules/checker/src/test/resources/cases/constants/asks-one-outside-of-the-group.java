// A service that asks a DNS server for names which is not in its group.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService RESOLVER = ContainerService.named(ServiceName.of("resolver"))
            .image(ImageReference.of("registry.example.org/resolver:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService FILMS = ContainerService.named(ServiceName.of("films"))
            .image(ImageReference.of("registry.example.org/films:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService DB = ContainerService.named(ServiceName.of("db"))
            .image(ImageReference.of("registry.example.org/db:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService ASKING = FILMS.asks(RESOLVER);
    static final Object APP = «Together.of(ServiceName.of("app"), ASKING, DB)»; //! container 'films' asks 'resolver' for names, which is not in group 'app' with it: name both in it
    //= static final Object APP = Together.of(ServiceName.of("app"), ASKING, DB, RESOLVER);
}
