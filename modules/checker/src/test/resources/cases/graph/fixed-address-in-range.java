// A name at an address that anybody may be given.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, DnsServer, DhcpServer {}

    static ContainerService service(ServiceName name, int port, String image) {
        return ContainerService.named(name)
                .image(ImageReference.of(image))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        var lan = DhcpSubnet.of(ServiceName.of("lan"), Cidr.of("10.0.0.0/24"), AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199")), IpAddress.of("10.0.0.1")); //! the other side of it [fixed-address-in-range]
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("web.example.org"), IpAddress.of("10.0.0.150"))); //! 'web.example.org' is said to be at 10.0.0.150, which DHCP subnet 'lan' gives to whoever asks (10.0.0.100–10.0.0.199); keep it for the machine by a static lease outside the range [fixed-address-in-range]
        //= var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("web.example.org"), IpAddress.of("10.0.0.9")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(lan)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
