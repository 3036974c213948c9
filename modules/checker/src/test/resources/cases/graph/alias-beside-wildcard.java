// An alias leads to a name beside those that are all at one address (RFC 4592).
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
        var shop = DnsName.of("shop.example.org"); //! alias 'shop.example.org' of 'dns' leads to 'apps.example.org', of which no record of its zone speaks [alias-of-nothing]
        var dns = DnsZone.of(ServiceName.of("dns"), zone, nas, new DnsRecord.Wildcard(DnsName.of("apps.example.org"), nas.address()), new DnsRecord.Alias(shop, DnsName.of("apps.example.org"))); //! the other side of it [alias-of-nothing]
        //= var dns = DnsZone.of(ServiceName.of("dns"), zone, nas, new DnsRecord.Wildcard(DnsName.of("apps.example.org"), nas.address()), new DnsRecord.Alias(shop, DnsName.of("shop.apps.example.org")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
