// Two subnets give out the same addresses.
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
        var lan = DhcpSubnet.of(ServiceName.of("lan"), Cidr.of("10.0.0.0/16"), AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199")), IpAddress.of("10.0.0.1")); //! DHCP subnets 'lan' (10.0.0.0/16) and 'guests' (10.0.7.0/24) overlap; both would give out the same addresses [subnets-overlap]
        //= var lan = DhcpSubnet.of(ServiceName.of("lan"), Cidr.of("10.0.0.0/24"), AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199")), IpAddress.of("10.0.0.1"));
        var guests = DhcpSubnet.of(ServiceName.of("guests"), Cidr.of("10.0.7.0/24"), AddressRange.of(IpAddress.of("10.0.7.100"), IpAddress.of("10.0.7.199")), IpAddress.of("10.0.7.1")); //! the other side of it [subnets-overlap]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(guests)
                .runs(lan)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
