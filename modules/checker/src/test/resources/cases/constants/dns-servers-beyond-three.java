// A fourth DNS server, which no program asks: resolv.conf(5).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/web:1"))
            .publishes(Port.of(8123))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(256))
            .dnsServers(IpAddress.of("192.0.2.1"), IpAddress.of("192.0.2.2"), IpAddress.of("192.0.2.3"), «IpAddress.of("192.0.2.4")»); //! a container asks 4 DNS servers, and programs ask the first 3 only
    //=     .dnsServers(IpAddress.of("192.0.2.1"), IpAddress.of("192.0.2.2"), IpAddress.of("192.0.2.3"));
}
