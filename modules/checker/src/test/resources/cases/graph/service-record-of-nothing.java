// The name of a telephone exchange, as it was before it moved.
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
        var dns = DnsZone.of(ServiceName.of("dns"), zone, nas, new DnsRecord.Service(DnsLeaf.of("_sip._tcp"), zone, DnsPreference.of(0), DnsName.of("pbx.example.org"), Port.of(5060))); //! '_sip._tcp.example.org' leads to 'pbx.example.org', which has no address; add one to its zone [target-without-address]
        //= var dns = DnsZone.of(ServiceName.of("dns"), zone, nas, new DnsRecord.Service(DnsLeaf.of("_sip._tcp"), zone, DnsPreference.of(0), nas.name(), Port.of(5060)));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
