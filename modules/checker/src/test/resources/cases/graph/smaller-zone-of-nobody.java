// A smaller zone is given to a name server without an address.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, DnsServer {}

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
        var zone = DnsName.of("example.org");
        var nas = new DnsRecord.Address(DnsName.of("nas.example.org"), IpAddress.of("10.0.0.7"));
        var dns = DnsZone.of(ServiceName.of("dns"), zone, nas, new DnsRecord.NameServer(DnsName.of("lab.example.org"), DnsName.of("ns.lab.example.org"))); //! 'lab.example.org' leads to 'ns.lab.example.org', which has no address; add one to its zone [target-without-address]
        //= var dns = DnsZone.of(ServiceName.of("dns"), zone, nas, new DnsRecord.NameServer(DnsName.of("lab.example.org"), nas.name()));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
