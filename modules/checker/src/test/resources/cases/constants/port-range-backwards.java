// A range of ports that ends before it begins.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService CALLS = ContainerService.named(ServiceName.of("calls"))
            .image(ImageReference.of("registry.example.org/calls:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .publishes(PortRange.udp(Port.of(50_010), «Port.of(50_000)»)); //! a range of ports from 50010 to 50000 has no second port
    //=     .publishes(PortRange.udp(Port.of(50_000), Port.of(50_010)));
}
