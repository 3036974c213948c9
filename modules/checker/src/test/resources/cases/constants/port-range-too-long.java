// Ten thousand ports for calls of a household: each costs a rule of the firewall and a process.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService CALLS = ContainerService.named(ServiceName.of("calls"))
            .image(ImageReference.of("registry.example.org/calls:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64))
            .publishes(PortRange.udp(Port.of(50_000), «Port.of(60_000)»)); //! a range of ports from 50000 to 60000 has 10001 of them, and may have 100; most programs can be told to use fewer
    //=     .publishes(PortRange.udp(Port.of(50_000), Port.of(50_099)));
}
