// Three that must be on one machine, which has room for two.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").likes(new Affinity.Near(new ServiceRef(DeploymentName.of("shop"), ServiceName.of("api")), Scope.NODE, Strength.required())); //! service 'web' has no place on the 2 machines of topology 'lab': it wants 10 mCPU, 512 MiB, port 8080; closest are 'pi5' in 'desk': in a node with shop.api — shop.api is not in its node, then 'pi5' in 'desk': 512 MiB memory — needs 512 MiB more memory: 0 B of 1 GiB are free, the rest is taken by shop.api, shop.db; ask for less, or promise machines that have it [has-no-place]
        var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1").likes(new Affinity.Near(new ServiceRef(DeploymentName.of("shop"), ServiceName.of("db")), Scope.NODE, Strength.required()));
        var db = service(ServiceName.of("db"), 8082, "registry.example.org/db:1");
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(1), Lab.class)); //! the other side of it [has-no-place]
        //= var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(2), Lab.class));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .runs(db)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
