// Nothing to run.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Object WEB = ContainerService.named(ServiceName.of("web"))«.publishes»(Port.of(80)); //! cannot find symbol: method publishes(Port)
    //= static final Object WEB = ContainerService.named(ServiceName.of("web")).image(ImageReference.of("registry.example.org/site:1")).publishes(Port.of(80));
}
