// A relay on a GPIO line of machines that have none.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

    @Override
    public Deployment<?> deployment() {
        var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8)); //! the other side of it [need-no-machine-offers]
        //= var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8)).with(new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-rp1"), 54, Set.of()));
        var web = ContainerService.named(ServiceName.of("web")) //! service 'web' needs GPIO line 17, and no machines of topology 'lab' offer that; closest are 'pi5': GPIO line 17 — has no free GPIO line 17 [need-no-machine-offers]
                .image(ImageReference.of("registry.example.org/web:1"))
                .publishes(Port.of(8080))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512))
                .needs(Gpio.line(17));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"))
                .with(new Machines(pi, Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Lab.class));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
