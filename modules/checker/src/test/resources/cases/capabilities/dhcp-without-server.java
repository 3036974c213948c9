// A subnet on a topology whose nodes give out no addresses.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface HomeLab extends ContainerRuntime, DnsServer {} // what it has
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final IpAddress ROUTER = IpAddress.of("10.0.0.1");
    static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, LAN, RANGE, ROUTER);

    static final Topology<HomeLab> LAB = Topology.of(TopologyName.of("lab"), HomeLab.class, Site.of("basel"));
    static final Object WHOLE = Deployment.named(DeploymentName.of("x")).on(LAB).runs(WEB).runs(«DHCP»).provenBy(HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome")); //! score DHCP (DhcpSubnet) needs capability DhcpServer, which topology HomeLab does not have
    //= static final Object WHOLE = Deployment.named(DeploymentName.of("x")).on(LAB).runs(WEB).provenBy(HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome"));
}
