// A relay on a GPIO line of machines that have none; nobody can say what power they have.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

    @Override
    public Deployment<?> deployment() {
        var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8)); //! the other side of it [has-no-place]
        //= var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8)).with(new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-rp1"), 54, Set.of()));
        var web = ContainerService.named(ServiceName.of("web")) //! service 'web' has no place on the 2 machines of topology 'lab': it wants 10 mCPU, 512 MiB, GPIO line 17, port 8080; closest are 'pi5' in 'desk': GPIO line 17 — has no free GPIO line 17; ask for less, or promise machines that have it [has-no-place]
                .image(ImageReference.of("registry.example.org/web:1"))
                .publishes(Port.of(8080))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512))
                .needs(Gpio.line(17))
                .needs(Power.MAINS);
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"))
                .with(new Machines(pi, Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Lab.class));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
