// A majority behind one circuit breaker.
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
        var store = Quorum.of(service(ServiceName.of("store"), 8081, "registry.example.org/store:1").replicas(Replicas.of(3))); //! quorum 'store' of 3 replicas loses its majority with one failure domain of topology 'lab', which has 2 [quorum-together]
        var desk = new Machines(NodeClassName.of("pi5"), Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(2), Memory.gibibytes(8), Lab.class);
        var attic = new Machines(NodeClassName.of("pi4"), Site.of("basel"), FailureDomain.of("attic"), MachineCount.of(2), Memory.gibibytes(8), Lab.class);
        var cellar = new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("attic"), MachineCount.of(1), Memory.gibibytes(8), Lab.class);
        //=  var cellar = new Machines(NodeClassName.of("n100"), Site.of("basel"), FailureDomain.of("cellar"), MachineCount.of(1), Memory.gibibytes(8), Lab.class);
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(desk, attic, cellar); //! the other side of it [quorum-together]
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(store)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
