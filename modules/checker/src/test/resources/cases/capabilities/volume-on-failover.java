// A database on a topology that fails over: at the other site it would begin empty.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    @CapabilitySet
    interface Home extends ContainerRuntime, VolumeStore {}

    static final Topology<Home> BASEL = Topology.of(TopologyName.of("basel"), Home.class, Site.of("basel"));
    static final Topology<Home> BERN = Topology.of(TopologyName.of("bern"), Home.class, Site.of("bern"));
    static final TakeOver LATER = TakeOver.after(Duration.ofMinutes(1));
    static final TopologyName NAME = TopologyName.of("both");
    static final DeploymentName SHOP = DeploymentName.of("shop");
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/site:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Volume DATA = Volume.of(DataName.of("data"), MountPath.of("/var/lib/web"));
    void declare() {
        Deployment.named(SHOP).on(HomeFailover.of(NAME, BASEL, BERN, LATER)).runs(«WEB.volumes(DATA)»); //! score volumes needs capability VolumeStore, which topology HomeFailover does not have
        //= Deployment.named(SHOP).on(BASEL).runs(WEB.volumes(DATA));
    }
}
