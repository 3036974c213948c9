// More processors than those that are said.
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
        var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8)).with(new CpuTopology(1, 4, 4)); //! the other side of it [has-no-place]
        //= var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8)).with(new CpuTopology(1, 8, 8));
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").cpuRequest(CpuShare.cpus(6)); //! service 'web' has no place on the 2 machines of topology 'lab': it wants 6 CPU, 512 MiB, port 8080; closest are 'pi5' in 'desk': 6 CPU — needs 2 more CPU: 4 of 4 are free; ask for less, or promise machines that have it [has-no-place]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(pi, Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Lab.class));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
