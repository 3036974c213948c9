// A range of ports in which one is published already.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService CALLS = ContainerService.named(ServiceName.of("calls"))
            .image(ImageReference.of("registry.example.org/calls:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .publishes(«PortRange.tcp(Port.of(8_000), Port.of(8_090))»); //! service 'calls' publishes port 8080 already, which is in the range 8000 to 8090 too
    //=     .publishes(PortRange.tcp(Port.of(8_081), Port.of(8_090)));
}
