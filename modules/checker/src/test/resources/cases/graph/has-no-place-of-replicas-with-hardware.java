// Enough machines, but not enough with the line.
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
        var pi = NodeClass.of(NodeClassName.of("pi5"), Memory.gibibytes(8)).with(new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-rp1"), 54, Set.of()));
        var relay = service(ServiceName.of("relay"), 8081, "registry.example.org/relay:1").needs(Gpio.line(17)).replicas(Replicas.of(2)); //! service 'relay' has no place for 1 of 2 replicas on the 6 machines of topology 'lab': it wants 10 mCPU, 512 MiB, GPIO line 17, port 8081; closest are 'n100' in 'desk': GPIO line 17 — has no free GPIO line 17, then 'pi5' in 'attic': GPIO line 17 — taken by shop.relay#0 (and 2 more); ask for less, or promise machines that have it [has-no-place]
        //= var relay = service(ServiceName.of("relay"), 8081, "registry.example.org/relay:1").needs(Gpio.line(17));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(5), Memory.gibibytes(8), Lab.class), new Machines(pi, Site.of("basel"), FailureDomain.of("attic"), MachineCount.of(1), Lab.class)); //! the other side of it [has-no-place]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(relay)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
