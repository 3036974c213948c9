// Nothing proves the deployment.
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
    static final Deployment<HomeLab> DEPLOYMENT = Deployment.named(DeploymentName.of("web"))
            .on(LAB)
            «.runs(WEB)»; //! incompatible types: Deployment.Scored<Case.HomeLab> cannot be converted to Deployment<Case.HomeLab>
    //=         .runs(WEB).provenBy(HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome"));
}
