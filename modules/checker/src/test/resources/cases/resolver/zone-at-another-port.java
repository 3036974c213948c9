// The zone that is run answers at another port than the one that is asked.
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
        var home = zone(ServiceName.of("home"), DnsName.of("home.example")); //! the other side of it [resolver-zone-to-nothing]
        var names = Resolver.named(ServiceName.of("names")).hands(home); //! resolver 'names' hands names of 'home.example' to another version of 'home' than the deployment serves; give the same zone to both [resolver-zone-to-nothing]
        //= var names = Resolver.named(ServiceName.of("names")).hands(home.answeredAt(Port.of(5300)));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("site"))
                .on(lab)
                .runs(names)
                .runs(home.answeredAt(Port.of(5300)))
                .provenBy(HealthSmokeTest.of(names));
    }
}
