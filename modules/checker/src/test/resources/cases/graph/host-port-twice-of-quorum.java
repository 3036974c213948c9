// A member of a quorum counts as any service.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1"); //! 'web' and 'store' both listen at port 8080 of their nodes, and may meet on one; give one another port [host-port-twice]
        var store = Quorum.of(service(ServiceName.of("store"), 8080, "registry.example.org/store:1").replicas(Replicas.of(3))); //! the other side of it [host-port-twice]
        //= var store = Quorum.of(service(ServiceName.of("store"), 8081, "registry.example.org/store:1").replicas(Replicas.of(3)));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(store)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
