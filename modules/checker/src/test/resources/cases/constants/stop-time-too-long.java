// Whoever shuts a node down does not wait for a quarter of an hour.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .stopsWithin(«Duration.ofMinutes(15)»); //! a container cannot be given PT15M to end; use whole seconds, 1 to 300
    //=     .stopsWithin(Duration.ofMinutes(4));
}
