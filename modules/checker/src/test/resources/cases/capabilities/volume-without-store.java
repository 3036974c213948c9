// A service that keeps data, where nothing does.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Containers extends ContainerRuntime {}

    interface Both extends ContainerRuntime, VolumeStore {}

    static <C extends Capability> Topology<C> at(Class<C> set) {
        return Topology.of(TopologyName.of("lab"), set, Site.of("basel"));
    }

    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/web"));
    void declare() {
        Deployment.named(DeploymentName.of("web")).on(at(Containers.class)).runs(«WEB.volumes(DATA)»); //! score volumes needs capability VolumeStore, which topology Containers does not have
        //= Deployment.named(DeploymentName.of("web")).on(at(Both.class)).runs(WEB.volumes(DATA));
    }
}
