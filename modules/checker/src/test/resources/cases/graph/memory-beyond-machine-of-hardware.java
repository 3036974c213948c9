// The machine with the line is too small.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(1)).with(new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-rp1"), 54, Set.of())); //! the other side of it [memory-beyond-machine]
        //= var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8)).with(new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-rp1"), 54, Set.of()));
        var vault = ContainerService.named(ServiceName.of("vault")) //! a replica of service 'vault' may take 4 GiB, and the largest machines of topology 'lab' with GPIO line 17, 'pi5', have 1 GiB [memory-beyond-machine]
                .image(ImageReference.of("registry.example.org/vault:1"))
                .publishes(Port.of(8081))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.gibibytes(4))
                .memoryRequest(Memory.mebibytes(64))
                .needs(Gpio.line(17));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(5), Memory.gibibytes(8), Lab.class), new Machines(pi, Site.of("basel"), FailureDomain.of("attic"), MachineCount.of(1), Lab.class));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(vault)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
