// Each fits, all together do not; what is asked for counts, not what is allowed.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").replicas(Replicas.of(2)); //! service 'web' has no place for 1 of 2 replicas on the 2 machines of topology 'lab': it wants 10 mCPU, 512 MiB, port 8080; closest are 'pi' in 'desk': 512 MiB memory — needs 424 MiB more memory: 88 MiB of 600 MiB are free, the rest is taken by shop.api; ask for less, or promise machines that have it [has-no-place]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").memoryRequest(Memory.mebibytes(64)).replicas(Replicas.of(2));
        var api = service(ServiceName.of("api"), 8081, "registry.example.org/api:1");
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("pi"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.mebibytes(600), Lab.class)); //! the other side of it [has-no-place]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(api)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
