// An alias of a name that is not there.
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
        var www = DnsName.of("www.example.org"); //! alias 'www.example.org' of 'dns' leads to 'wbe.example.org', of which no record of its zone speaks [alias-of-nothing]
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("web.example.org"), IpAddress.of("10.0.0.9")), new DnsRecord.Alias(www, DnsName.of("wbe.example.org"))); //! the other side of it [alias-of-nothing]
        //= var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("web.example.org"), IpAddress.of("10.0.0.9")), new DnsRecord.Alias(www, DnsName.of("web.example.org")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
