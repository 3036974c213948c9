// A volume of its own in it: a folder for that would be made among the owner's.
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
    static final Object S = PLAYER.volumes(Volume.of(DataName.of("films"), MountPath.of("/media/own"))).with(Borrows.readOnly(OFFERED, MEDIA)); //! what the container has at /media/own would lie in borrowed data 'player.downloads.library' at /media, and make a folder there; mount it beside
    //= static final Object S = PLAYER.volumes(Volume.of(DataName.of("films"), MountPath.of("/own"))).with(Borrows.readOnly(OFFERED, MEDIA));
}
