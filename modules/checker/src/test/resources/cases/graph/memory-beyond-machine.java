// A replica that fits on no machine.
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
        var pi = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.mebibytes(256), Lab.class); //! the other side of it [memory-beyond-machine]
        //= var pi = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class);
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1"); //! a replica of service 'web' may take 512 MiB, and the largest machines of topology 'lab', 'pi5', have 256 MiB [memory-beyond-machine]
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(pi, new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(8), Memory.mebibytes(255), Lab.class));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
