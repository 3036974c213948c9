// The household's photos on a topology that fails over: the other site has another folder of that name, or none.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    @CapabilitySet
    interface Home extends ContainerRuntime, FolderShares {}

    static final Topology<Home> BASEL = Topology.of(TopologyName.of("basel"), Home.class, Site.of("basel"));
    static final Topology<Home> BERN = Topology.of(TopologyName.of("bern"), Home.class, Site.of("bern"));
    static final TakeOver LATER = TakeOver.after(Duration.ofMinutes(1));
    static final TopologyName NAME = TopologyName.of("both");
    static final DeploymentName GALLERY = DeploymentName.of("gallery");
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final MountedShare PHOTOS = MountedShare.writable(ShareName.of("photos"), MountPath.of("/media"));
    void declare() {
        Deployment.named(GALLERY).on(HomeFailover.of(NAME, BASEL, BERN, LATER)).runs(«WEB.shares(PHOTOS)»); //! score shares needs capability FolderShares, which topology HomeFailover does not have
        //= Deployment.named(GALLERY).on(BASEL).runs(WEB.shares(PHOTOS));
    }
}
