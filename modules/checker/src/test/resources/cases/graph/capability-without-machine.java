// A topology says what its machines do not offer.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, DnsServer {}

    static ContainerService service(ServiceName name, int port, String image) {
        return ContainerService.named(name)
                .image(ImageReference.of(image))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var pi = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), ContainerRuntime.class); //! the other side of it [capability-without-machine]
        //= var pi = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class);
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(pi); //! topology 'lab' has DnsServer, which its machines 'pi5' do not offer [capability-without-machine]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
