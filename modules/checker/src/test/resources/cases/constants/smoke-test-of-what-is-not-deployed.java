// The smoke test asks a service that the deployment does not run (dangling reference).
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
    static final ContainerService API = ContainerService.named(ServiceName.of("api"))
            .image(ImageReference.of("registry.example.org/api:1"))
            .publishes(Port.of(8081))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final DeploymentName NAME = DeploymentName.of("web");
    static final HttpSmokeTest PROOF = HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome");
    static final Object WHOLE = Deployment.named(NAME).on(LAB).runs(API).provenBy(«PROOF»); //! deployment 'web' does not run service 'web', which its smoke test asks; add it by runs(…), or ask one of [api]
    //= static final Object WHOLE = Deployment.named(NAME).on(LAB).runs(WEB).provenBy(PROOF);
}
