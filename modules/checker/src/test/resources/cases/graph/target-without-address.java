// Mail goes to a name that has no address.
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
        var dns = DnsZone.of(ServiceName.of("dns"), zone, nas, new DnsRecord.MailServer(zone, DnsPreference.of(10), DnsName.of("mail.example.org"))); //! 'example.org' leads to 'mail.example.org', which has no address; add one to its zone [target-without-address]
        //= var dns = DnsZone.of(ServiceName.of("dns"), zone, nas, new DnsRecord.MailServer(zone, DnsPreference.of(10), DnsName.of("nas.example.org")));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(dns)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
