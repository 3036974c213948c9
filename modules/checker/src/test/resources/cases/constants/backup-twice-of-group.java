// A backup of a group whose services have all of them their own.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Home extends ContainerRuntime, VolumeStore, SecretStore, FolderShares, BackupStore {}

    static ContainerService service(ServiceName name, int port) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.example.org/shop:1"))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
    }

    static final ContainerService WEB = service(ServiceName.of("web"), 8080);
    static final ContainerService DB = service(ServiceName.of("db"), 8081);
    static final BackedUp<Home> SAVED = BackedUp.to(
            Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password")),
            Schedule.of(CalendarTime.of("02:30")),
            Keep.days(7));
    static final Score<Home> ROWS = DB.volumes(Volume.of(DataName.of("rows"), MountPath.of("/rows"))).with(SAVED);
    static final Object GROUP = Together.<Home>of(ServiceName.of("shop"), WEB, ROWS).with(«SAVED»); //! score 'shop' has a backup already; say one, with all of its data
    //= static final Object GROUP = Together.<Home>of(ServiceName.of("shop"), WEB.volumes(Volume.of(DataName.of("files"), MountPath.of("/files"))), ROWS).with(SAVED);
}
