// The own zone is blocked with all that ends as it does.
import module io.nationtech.harmony.domain;
import module io.nationtech.harmony.resolver;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, DnsServer, DnsResolver {}

    static ContainerService service(ServiceName name, int port) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.example.org/site:1"))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
    }

    static DnsZone zone(ServiceName name, DnsName zone) {
        return DnsZone.of(name, zone, new DnsRecord.Address(DnsName.of("nas." + zone), IpAddress.of("10.0.0.7")));
    }

    @Override
    public Deployment<?> deployment() {
        var home = zone(ServiceName.of("home"), DnsName.of("home.example"));
        var names = Resolver.named(ServiceName.of("names")).hands(home).blocks(DnsName.of("example")); //! resolver 'names' blocks 'example', and asks others for zone 'home.example'; leave one of the two out
        //= var names = Resolver.named(ServiceName.of("names")).hands(home).blocks(DnsName.of("ads.example"));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("site"))
                .on(lab)
                .runs(names)
                .runs(home)
                .provenBy(HealthSmokeTest.of(names));
    }
}
