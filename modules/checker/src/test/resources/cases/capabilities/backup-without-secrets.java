// A password, where no node has secrets.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Data extends ContainerRuntime, VolumeStore, FolderShares, BackupStore {}

    interface Home extends ContainerRuntime, VolumeStore, SecretStore, FolderShares, BackupStore {}

    static <C extends Capability> Topology<C> at(Class<C> set) {
        return Topology.of(TopologyName.of("lab"), set, Site.of("basel"));
    }

    static final DeploymentName SHOP = DeploymentName.of("shop");
    static final ContainerService WEB = ContainerService.named(ServiceName.of("web"))
            .image(ImageReference.of("registry.example.org/shop:1"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Repository.OnShare NAS = Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password"));
    static final Schedule NIGHTLY = Schedule.of(CalendarTime.of("02:30"));
    static final Keep WEEK = Keep.days(7);
    static final Volume ORDERS = Volume.of(DataName.of("orders"), MountPath.of("/data"));
    void declare() {
        Deployment.named(SHOP).on(at(Data.class)).runs(«WEB.volumes(ORDERS).with(BackedUp.to(NAS, NIGHTLY, WEEK).quiet(Quiet.STOPPED))»); //! score with needs capability SecretStore, which topology Data does not have
        //= Deployment.named(SHOP).on(at(Home.class)).runs(WEB.volumes(ORDERS).with(BackedUp.to(NAS, NIGHTLY, WEEK).quiet(Quiet.STOPPED)));
    }
}
