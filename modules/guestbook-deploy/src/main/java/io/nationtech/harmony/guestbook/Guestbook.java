package io.nationtech.harmony.guestbook;

import io.nationtech.harmony.backup.BackedUp;
import io.nationtech.harmony.backup.Keep;
import io.nationtech.harmony.backup.Repository;
import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.MountedConfig;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.BackupStore;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.ingress.HttpsSmokeTest;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;

/** A guest book with its database, under a name of the site, of whose entries a copy is made each night. */
public final class Guestbook implements DeploymentModule {
    private static final ImageReference IMAGE = ImageReference.of("registry.internal/guestbook:1");
    private static final SecretRef PASSWORD = SecretRef.of("guestbook-password");
    private static final Repository.OnShare NAS =
            Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password"));

    /** What nodes at home can do. */
    interface HomeLab extends ContainerRuntime, VolumeStore, SecretStore, TlsRouter, FolderShares, BackupStore {}

    /** For {@link java.util.ServiceLoader}. */
    public Guestbook() {}

    @Override
    public Deployment<HomeLab> deployment() {
        var db = ContainerService.named(ServiceName.of("db"))
                .image(IMAGE)
                .publishesNothing()
                .probedBy(CommandProbe.of(Arguments.of("valkey-cli", "ping")))
                .memoryLimit(Memory.mebibytes(64))
                .args(Arguments.of("valkey-server", "/etc/valkey.conf"))
                .user(UserId.of(1000), GroupId.of(1000));
        var book = ContainerService.named(ServiceName.of("book"))
                .image(IMAGE)
                .publishes(Port.of(8090))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64))
                .env(EnvName.of("DATABASE"), db.host())
                .after(db.healthy());
        var ingress = Ingress.<HomeLab>of(HttpsUrl.of(DnsName.of("guestbook.home.arpa"), Port.of(8443)), book);

        var config = ConfigFile.of("valkey.conf", "dir /data\nappendonly yes\nrequirepass ")
                .then(PASSWORD);
        var copies = BackedUp.<HomeLab>to(
                NAS, Schedule.of(CalendarTime.of("02:30")), Keep.days(7).weeks(4));
        return Deployment.named(DeploymentName.of("guestbook"))
                .on(Topology.of(TopologyName.of("home-lab"), HomeLab.class, Site.of("home")))
                .runs(Together.<HomeLab>of(
                        ServiceName.of("app"),
                        book.secretEnv(EnvName.of("REDISCLI_AUTH"), PASSWORD),
                        db.volumes(Volume.of(DataName.of("entries"), MountPath.of("/data")))
                                .with(MountedConfig.withSecrets(config, MountPath.of("/etc/valkey.conf")))
                                .with(copies)))
                .runs(ingress)
                .provenBy(HttpsSmokeTest.of(ingress, HttpPath.of("/"), "Guest book"));
    }
}
