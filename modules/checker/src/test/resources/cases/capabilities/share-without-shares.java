// A service that shows the photos of the NAS, where no node has shares.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Containers extends ContainerRuntime {}

    interface Both extends ContainerRuntime, FolderShares {}

    static <C extends Capability> Topology<C> at(Class<C> set) {
        return Topology.of(TopologyName.of("lab"), set, Site.of("basel"));
    }

    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final MountedShare PHOTOS = MountedShare.readOnly(ShareName.of("photos"), MountPath.of("/media"));
    void declare() {
        Deployment.named(DeploymentName.of("web")).on(at(Containers.class)).runs(«WEB.shares(PHOTOS)»); //! score shares needs capability FolderShares, which topology Containers does not have
        //= Deployment.named(DeploymentName.of("web")).on(at(Both.class)).runs(WEB.shares(PHOTOS));
    }
}
