// A route to a service that is not deployed.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, LoadBalancer {}

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
        var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1"); //! the other side of it [route-to-nothing]
        var in = Route.of(ServiceName.of("in"), Port.of(80), api); //! route 'in' leads to service 'api', which the deployment does not run; add it by runs(…) [route-to-nothing]
        //= var in = Route.of(ServiceName.of("in"), Port.of(80), web);
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
