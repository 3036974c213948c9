// It stays with its node, and the topology moves it.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").onLoss(new LossPolicy.Stays()); //! shop.web#0 stays with its node, and topology 'both' moves work to other nodes; let it move, or run it on a topology that does not move work [loss-policy-unkept]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1");
        var basel = Topology.of(TopologyName.of("big"), Lab.class, Site.of("basel"));
        var bern = Topology.of(TopologyName.of("small"), Lab.class, Site.of("bern"));
        var lab = new Failover<Lab>(TopologyName.of("both"), Lab.class, basel, bern, TakeOver.after(Duration.ofMinutes(2)));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
