// A name at the address of whoever asks.
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
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("www.example.org"), IpAddress.of("127.0.0.1"))); //! 'www.example.org' is said to be at 127.0.0.1, which is whoever asks, nobody or a group; name the machine's own address, or @Allow it [address-of-no-machine]
        //= var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("www.example.org"), IpAddress.of("10.0.0.7")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
