// Five hundred processors, where half of one was meant.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").cpuRequest(CpuShare.cpus(500)); //! service 'web' has no place on the 2 machines of topology 'lab': it wants 500 CPU, 512 MiB, port 8080; closest are 'pi5' in 'desk': 500 CPU — needs 244 more CPU: 256 of 256 are free; ask for less, or promise machines that have it [has-no-place]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").cpuRequest(CpuShare.millis(500));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class)); //! the other side of it [has-no-place]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
