// A record in the zone above the one that is asked.
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
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("nas.lab.example.org"), IpAddress.of("10.0.0.7"))); //! zone 'dns' has a record of 'nas.lab.example.org', for which zone 'names' is asked; put it there [record-of-other-zone]
        //= var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("nas.example.org"), IpAddress.of("10.0.0.7")));
        var names = DnsZone.of(ServiceName.of("names"), DnsName.of("lab.example.org"), new DnsRecord.Address(DnsName.of("pi.lab.example.org"), IpAddress.of("10.0.0.8"))); //! the other side of it [record-of-other-zone]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .runs(names)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
