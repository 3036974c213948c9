// Two zones speak of one name.
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
        var one = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("www.a.example.org"), IpAddress.of("10.0.0.9"))); //! 'dns' and 'names' both have records of 'www.a.example.org'; keep those of one [record-twice]
        //= var one = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("www.example.org"), IpAddress.of("10.0.0.9")));
        var two = DnsZone.of(ServiceName.of("names"), DnsName.of("a.example.org"), new DnsRecord.Address(DnsName.of("www.a.example.org"), IpAddress.of("10.0.0.10"))); //! the other side of it [record-twice]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(one)
                .runs(two)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
