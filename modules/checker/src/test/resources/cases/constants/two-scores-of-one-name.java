// Two scores of one name (duplicate).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface HomeLab extends ContainerRuntime {}

    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));

    static final Topology<HomeLab> LAB = Topology.of(TopologyName.of("lab"), HomeLab.class, Site.of("basel"));
    static final ContainerService API = WEB.replicas(Replicas.of(2));
    static final DeploymentName NAME = DeploymentName.of("web");
    static final HttpSmokeTest PROOF = HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome");
    static final Object WHOLE = Deployment.named(NAME).on(LAB).runs(WEB).runs(API).provenBy(«PROOF»); //! deployment 'web' has two scores named 'web'; give each a name of its own
    //= static final Object WHOLE = Deployment.named(NAME).on(LAB).runs(WEB).provenBy(PROOF);
}
