// A service at the port of the resolver.
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
        var web = service(ServiceName.of("web"), 53); //! service 'web' publishes port 53 of its nodes, where machines ask resolver 'names'; publish another, or leave the resolver out [resolver-port-taken]
        //= var web = service(ServiceName.of("web"), 8080);
        var names = Resolver.named(ServiceName.of("names")); //! the other side of it [resolver-port-taken]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("site"))
                .on(lab)
                .runs(web)
                .runs(names)
                .provenBy(HealthSmokeTest.of(names));
    }
}
