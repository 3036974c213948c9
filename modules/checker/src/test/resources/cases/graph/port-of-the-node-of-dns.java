// A container where the DNS server answers.
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
        var web = service(ServiceName.of("web"), 53, "registry.example.org/web:1"); //! 'web' listens at port 53, where the DNS server of zone 'dns' answers [port-of-the-node]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("a.example.org"), new DnsRecord.Address(DnsName.of("www.a.example.org"), IpAddress.of("10.0.0.9"))); //! the other side of it [port-of-the-node]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
