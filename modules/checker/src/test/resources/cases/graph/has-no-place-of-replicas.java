// Three replicas, each on a node of its own, of two.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").replicas(Replicas.of(3)); //! service 'web' has no place for 1 of 3 replicas on the 2 machines of topology 'lab': it wants 10 mCPU, 512 MiB, port 8080; closest are 'pi5' in 'desk': a node of its own — has a copy already (and 1 more); ask for less, or promise machines that have it [has-no-place]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").replicas(Replicas.of(2));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class)); //! the other side of it [has-no-place]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
