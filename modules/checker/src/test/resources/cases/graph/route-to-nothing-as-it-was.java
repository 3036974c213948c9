// A route to a service as it was before it was changed.
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
        var old = service(ServiceName.of("web"), 8080, "registry.example.org/web:1"); //! the other side of it [route-to-nothing]
        var web = old.replicas(Replicas.of(2));
        var in = Route.of(ServiceName.of("in"), Port.of(80), old); //! route 'in' leads to another version of service 'web' than the deployment runs; give the same score to both [route-to-nothing]
        //= var in = Route.of(ServiceName.of("in"), Port.of(80), web);
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
