// A database's data on one disk, where copies could be kept.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime, VolumeStore, BackupStore {}

    static ContainerService service(ServiceName name, int port) {
        return ContainerService.named(name)
                .image(ImageReference.of("registry.example.org/db:1"))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var web = service(ServiceName.of("web"), 8080);
        var db = service(ServiceName.of("db"), 8081).volumes(Volume.of(DataName.of("orders"), MountPath.of("/data"))); //! volume 'orders' of service 'db' has no backup, and is lost with the disk of its node; say with(BackedUp.to(…)) after its volumes, or @Allow it where it can be made again [data-without-backup]
        //= var db = service(ServiceName.of("db"), 8081).scratch(MountPath.of("/data"), Memory.mebibytes(64));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(db)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
