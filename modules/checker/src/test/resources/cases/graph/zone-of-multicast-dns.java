// A zone that machines look up among their neighbours.
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
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("home.local"), new DnsRecord.Address(DnsName.of("www.home.local"), IpAddress.of("10.0.0.7"))); //! zone 'home.local' ends in 'local', which machines look up among their neighbours and not here (RFC 6762 §3); end it in 'home.arpa' or 'internal' [zone-of-multicast-dns]
        //= var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("home.arpa"), new DnsRecord.Address(DnsName.of("www.home.arpa"), IpAddress.of("10.0.0.7")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
