// Two at one port, both at one site, where they may meet.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").likes(new Affinity.AtSite(SiteName.of("basel"), Strength.required())); //! 'web' and 'api' both listen at port 8080 of their nodes, and may meet on one; give one another port [host-port-twice]
        var api = service(ServiceName.of("api"), 8080, "registry.example.org/api:1").likes(new Affinity.AtSite(SiteName.of("basel"), Strength.required())); //! the other side of it [host-port-twice]
        //= var api = service(ServiceName.of("api"), 8080, "registry.example.org/api:1").likes(new Affinity.AtSite(SiteName.of("bern"), Strength.required()));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"), Site.of("bern"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
