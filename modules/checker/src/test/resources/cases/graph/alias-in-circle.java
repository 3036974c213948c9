// Two aliases that lead to each other.
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
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Alias(DnsName.of("a.example.org"), DnsName.of("b.example.org")), new DnsRecord.Alias(DnsName.of("b.example.org"), DnsName.of("a.example.org"))); //! alias 'a.example.org' leads to 'b.example.org' and from there back to itself, never to an address [alias-in-circle]
        //= var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Alias(DnsName.of("a.example.org"), DnsName.of("b.example.org")), new DnsRecord.Address(DnsName.of("b.example.org"), IpAddress.of("10.0.0.7")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
