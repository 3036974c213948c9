// Two services that each go through the other.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final PrivateService ONE = ContainerService.named(ServiceName.of("one"))
            .image(ImageReference.of("registry.example.org/one:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService OTHER = ContainerService.named(ServiceName.of("other"))
            .image(ImageReference.of("registry.example.org/other:1"))
            .publishesNothing()
            .withoutProbe()
            .memoryLimit(Memory.mebibytes(64));
    static final PrivateService CARRIED = ONE.through(OTHER);
    static final PrivateService CARRYING = OTHER.through(ONE);
    static final Object APP = Together.of(ServiceName.of("app"), «CARRIED», CARRYING); //! services of group 'app' need each other in a circle, so that none can start first: one → other → one; one of them must do without
    //= static final Object APP = Together.of(ServiceName.of("app"), CARRIED, OTHER);
}
