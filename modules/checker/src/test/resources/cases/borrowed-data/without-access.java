// Whether it may write is said.
import module io.nationtech.harmony.borrowed.data;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    interface Lab extends ContainerRuntime, VolumeStore, FolderShares {}
    interface Without extends ContainerRuntime {}

    static final SiteTopology<Lab> LAB = Topology.of(TopologyName.of("lab"), Lab.class, Site.of("basel"));
    static final SiteTopology<Without> POOR = Topology.of(TopologyName.of("poor"), Without.class, Site.of("basel"));
    static final DataName LIBRARY = DataName.of("library");
    static final ContainerService TORRENT = ContainerService.named(ServiceName.of("torrent"))
            .image(ImageReference.of("registry.example.org/qbittorrent:5.0"))
            .publishes(Port.of(8080))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Deployment<Lab> DOWNLOADS = Deployment.named(DeploymentName.of("downloads")).on(LAB).runs(TORRENT.volumes(Volume.of(LIBRARY, MountPath.of("/downloads")))).provenBy(HealthSmokeTest.of(TORRENT));
    static final OfferedVolume OFFERED = OfferedVolume.of(DOWNLOADS, LIBRARY);
    static final MountPath MEDIA = MountPath.of("/media");
    static final ContainerService PLAYER = ContainerService.named(ServiceName.of("player"))
            .image(ImageReference.of("registry.example.org/jellyfin:10.11"))
            .publishes(Port.of(8096))
            .probedAt(HttpPath.of("/"))
            .memoryLimit(Memory.mebibytes(64));
    static final Borrows READING = new Borrows(OFFERED, MEDIA); //! cannot be applied to given types
    //= static final Borrows READING = Borrows.readOnly(OFFERED, MEDIA);
}
