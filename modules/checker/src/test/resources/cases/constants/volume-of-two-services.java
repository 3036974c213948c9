// Two services that write into one volume.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface HomeLab extends ContainerRuntime, VolumeStore {}

    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/web"));
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final ContainerService API = ContainerService.named(ServiceName.of("api"))
            .image(ImageReference.of("registry.example.org/api:1"))
            .publishes(Port.of(8081))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));

    static final Topology<HomeLab> LAB = Topology.of(TopologyName.of("lab"), HomeLab.class, Site.of("basel"));
    static final DeploymentName NAME = DeploymentName.of("web");
    static final HttpSmokeTest PROOF = HttpSmokeTest.of(WEB, HttpPath.of("/"), "Welcome");
    static final Object WHOLE = Deployment.named(NAME).on(LAB).runs(WEB.volumes(DATA)).runs(API.volumes(DATA)).provenBy(«PROOF»); //! scores 'web' and 'api' of deployment 'web' both keep volume 'data'; give one of the two another name
    //= static final Object WHOLE = Deployment.named(NAME).on(LAB).runs(WEB.volumes(DATA)).runs(API).provenBy(PROOF);
}
