// A service that must be at a site that only the primary has.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

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
        var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1").likes(new Affinity.AtSite(SiteName.of("basel"), Strength.required())); //! service 'api' is placed at site 'basel', which topology 'standby' does not have [affinity-to-nothing]
        //= var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1").likes(new Affinity.AtSite(SiteName.of("basel"), Strength.preferred(50)));
        var main = Topology.of(TopologyName.of("main"), Lab.class, Site.of("basel"));
        var standby = Topology.of(TopologyName.of("standby"), Lab.class, Site.of("bern")); //! the other side of it [affinity-to-nothing]
        var lab = new Failover<Lab>(TopologyName.of("both"), Lab.class, main, standby, TakeOver.after(Duration.ofMinutes(2)));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
