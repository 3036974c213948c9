// Each fits on the disk, both do not.
import module io.nationtech.harmony.domain;
import module java.base;

public class Case implements DeploymentModule {
    interface Lab extends ContainerRuntime {}

    static ContainerService service(ServiceName name, int port, String image) {
        return ContainerService.named(name)
                .image(ImageReference.of(image))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(512));
    }

    @Override
    public Deployment<?> deployment() {
        var disk = new Disk(DevicePath.of("nvme0n1"), Medium.NVME, DiskSpace.gibibytes(1000), DiskSpace.gibibytes(900), DiskHealth.GOOD);
        var nas = NodeClass.of(NodeClassName.of("nas"), Memory.gibibytes(8)).with(disk); //! the other side of it [has-no-place]
        var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").needs(Storage.free(DiskSpace.gibibytes(600))); //! service 'web' has no place on the one machine of topology 'lab': it wants 10 mCPU, 512 MiB, 600 GiB free on disk, port 8080; closest are 'nas' in 'desk': 600 GiB free on disk — needs 300 GiB more: 300 GiB is free on its disk; ask for less, or promise machines that have it [has-no-place]
        //= var web = service(ServiceName.of("web"), 8080, "registry.example.org/web:1").needs(Storage.free(DiskSpace.gibibytes(300)));
        var archive = service(ServiceName.of("archive"), 8081, "registry.example.org/archive:1").needs(Storage.free(DiskSpace.gibibytes(600)));
        var lab = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel")).with(new Machines(nas, Site.of("basel"), FailureDomain.of("desk"), MachineCount.of(1), Lab.class));
        return Deployment.named(DeploymentName.of("shop"))
                .on(lab)
                .runs(web)
                .runs(archive)
                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
    }
}
