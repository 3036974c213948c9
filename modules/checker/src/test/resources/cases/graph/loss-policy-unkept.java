// No agent ends work by its own clock.
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
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").onLoss(new LossPolicy.FollowsData(DataName.of("orders"), Duration.ofSeconds(30), Duration.ofMinutes(2))); //! shop.web#0 follows its data, and no agent of this version ends work by its own clock when it is cut off, so it could run twice; let it stay with its node (LossPolicy.Stays), and move it by hand [loss-policy-unkept]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").onLoss(new LossPolicy.Stays());
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
