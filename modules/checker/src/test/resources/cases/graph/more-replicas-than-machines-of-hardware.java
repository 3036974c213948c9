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
        var relay = service(ServiceName.of("relay"), 8081, "registry.example.org/relay:1").needs(Gpio.line(17)).replicas(Replicas.of(2)); //! service 'relay' wants 2 nodes, one a replica, and topology 'lab' has 1 machines with GPIO line 17 [more-replicas-than-machines]
        //= var relay = service(ServiceName.of("relay"), 8081, "registry.example.org/relay:1").needs(Gpio.line(17));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(5), Memory.gibibytes(8), Lab.class), new Machines(pi, Site.of("basel"), FailureDomain.of("attic"), MachineCount.of(1), Lab.class)); //! the other side of it [more-replicas-than-machines]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(relay)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
