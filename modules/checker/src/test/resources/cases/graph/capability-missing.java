// A raw type hides that the topology has no DNS server.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, DnsServer {}

    interface Fewer extends ContainerRuntime {}

    static ContainerService service(ServiceName name, int port, String image) {
        return ContainerService.named(name)
                .image(ImageReference.of(image))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Topology<Lab> lab() {
        Class set = Fewer.class;
        //= Class set = Lab.class;
        return Topology.of(TopologyName.of("lab"), set, Site.of("basel")); //! the other side of it [capability-missing]
    }

    @Override
    public Deployment<?> deployment() {
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        Topology<Lab> lab = lab();
        var dns = DnsZone.of(ServiceName.of("dns"), DnsName.of("example.org"), new DnsRecord.Address(DnsName.of("www.example.org"), IpAddress.of("10.0.0.7"))); //! score 'dns' needs capability DnsServer, which topology 'lab' does not have; a raw type or a cast hid it from the compiler [capability-missing]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
