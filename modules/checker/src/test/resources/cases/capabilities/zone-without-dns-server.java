// A zone on a topology whose nodes answer no names.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface HomeLab extends ContainerRuntime {} // what it has
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final ServiceName NAME = ServiceName.of("dns");
    static final DnsName ZONE = DnsName.of("a.example.org");
    static final DnsRecord WWW = new DnsRecord.Address(DnsName.of("www.a.example.org"), IpAddress.of("10.0.0.9"));
    static final DnsZone DNS = DnsZone.of(NAME, ZONE, WWW);

    static final Topology<HomeLab> LAB = Topology.of(TopologyName.of("lab"), HomeLab.class, Site.of("basel"));
    static final Object WHOLE = Deployment.named(DeploymentName.of("x")).on(LAB).runs(WEB).runs(«DNS»).provenBy(HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome")); //! score DNS (DnsZone) needs capability DnsServer, which topology HomeLab does not have
    //= static final Object WHOLE = Deployment.named(DeploymentName.of("x")).on(LAB).runs(WEB).provenBy(HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome"));
}
