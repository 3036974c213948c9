package io.nationtech.harmony.catalogue.jellyfin;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.Shares;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;
import java.time.Duration;

/** Films and music of the household, made smaller by a GPU where a screen wants that. */
public final class Jellyfin implements DeploymentModule {
    /** Films and music, which are only read. */
    private static final ShareName MEDIA = ShareName.of("media");

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, FolderShares, VolumeStore, SecretStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        // yours: the name by which screens and browsers find it
        var url = HttpsUrl.of(DnsName.of("jellyfin.home.arpa")); // https
        var jellyfin = ContainerService.named(ServiceName.of("jellyfin"))
                .image(ImageReference.of("docker.io/jellyfin/jellyfin:10.11.11"))
                .publishes(Port.of(8096))
                .probedAt(HttpPath.of("/health"))
                .memoryLimit(Memory.gibibytes(4))
                .memoryRequest(Memory.gibibytes(2))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(10)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(1024)))
                // apps ask the site for it there
                .publishes(PublishedPort.udp(Port.of(7359)))
                // yours: without a GPU, leave this out; with one, choose it in Dashboard, Playback, Transcoding
                .needs(Gpu.any().shared())
                .scratch(MountPath.of("/cache/transcodes"), Memory.gibibytes(1))
                .env(EnvName.of("JELLYFIN_PublishedServerUrl"), url.text()) // https
                .option(ProgramOption.NODE_TIME_ZONE)
                // yours: whose the films on the NAS are
                .user(UserId.of(1000), GroupId.of(1000));
        var ingress = Ingress.<Home>of(url, jellyfin); // https
        return Deployment.named(DeploymentName.of("jellyfin"))
                .on(home)
                .runs(jellyfin.volumes(
                                Volume.of(DataName.of("settings"), MountPath.of("/config")),
                                Volume.of(DataName.of("pictures"), MountPath.of("/cache")))
                        .with(Shares.of(MountedShare.readOnly(MEDIA, MountPath.of("/media")))))
                .runs(ingress) // https
                .provenBy(HttpSmokeTest.of(jellyfin, HttpPath.of("/health"), "Healthy"));
    }
}
