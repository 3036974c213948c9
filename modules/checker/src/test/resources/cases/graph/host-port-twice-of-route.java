// A route at the port of a service.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1"); //! 'web' and 'in' both listen at port 8080 of their nodes, and may meet on one; give one another port [host-port-twice]
        var in = Route.of(ServiceName.of("in"), Port.of(8080), web); //! the other side of it [host-port-twice]
        //= var in = Route.of(ServiceName.of("in"), Port.of(80), web);
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(in)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
