package io.nationtech.harmony.catalogue.immich;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.Secrets;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;
import java.time.Duration;

/** Photos and films of all phones, recognised and found again, with PostgreSQL, Valkey and its learning machine. */
public final class Immich implements DeploymentModule {
    /** Of its database; letters and digits. */
    private static final SecretRef DB_PASSWORD = SecretRef.of("immich-db-password");

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, SecretStore, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        var db = ContainerService.named(ServiceName.of("db"))
                .image(
                        ImageReference.of(
                                "ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0@sha256:41eacbe83eca995561fe43814fd4891e16e39632806253848efaf04d3c8a8b84"))
                .publishesNothing()
                .probedBy(CommandProbe.postgres())
                .memoryLimit(Memory.gibibytes(1))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(256)).sharedMemory(Memory.mebibytes(128)))
                .env(EnvName.of("POSTGRES_DB"), EnvText.of("immich"))
                .env(EnvName.of("POSTGRES_USER"), EnvText.of("immich"))
                .env(EnvName.of("POSTGRES_PASSWORD_FILE"), EnvText.of("/run/secrets/immich-db-password"))
                .env(EnvName.of("POSTGRES_INITDB_ARGS"), EnvText.of("--data-checksums"))
                .allows(
                        Privilege.START_AS_ROOT,
                        Reason.of("its entrypoint makes its data its own and goes on as postgres"))
                .allows(Privilege.WRITABLE_ROOT, Reason.of("its entrypoint writes its settings below /etc/postgresql"));
        var cache = ContainerService.named(ServiceName.of("cache"))
                .image(
                        ImageReference.of(
                                "docker.io/valkey/valkey:8-bookworm@sha256:fea8b3e67b15729d4bb70589eb03367bab9ad1ee89c876f54327fc7c6e618571"))
                .publishesNothing()
                .probedBy(CommandProbe.of(Arguments.of("valkey-cli", "ping")))
                .memoryLimit(Memory.mebibytes(128))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(64)))
                // nothing in it need outlive it
                .args(Arguments.of("valkey-server", "--save", "", "--appendonly", "no"))
                .user(UserId.of(999), GroupId.of(999));
        var learning = ContainerService.named(ServiceName.of("learning"))
                // yours: on a GPU of Intel, tag v3.1.0-openvino and .needs(Gpu.any().shared())
                .image(
                        ImageReference.of(
                                "ghcr.io/immich-app/immich-machine-learning:v3.1.0@sha256:5a0839dc5303cd7215bcd2180a26aed3af41675aefb3e75e5157e9f10ad16e6e"))
                .publishesNothing()
                .probedBy(CommandProbe.of(Arguments.of(
                        "python3",
                        "-c",
                        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3003/ping', timeout=3)")))
                .memoryLimit(Memory.gibibytes(4))
                .memoryRequest(Memory.gibibytes(1))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(512)))
                .scratch(MountPath.of("/.cache"), Memory.mebibytes(64))
                .scratch(MountPath.of("/.config"), Memory.mebibytes(16))
                .user(UserId.of(1000), GroupId.of(1000));
        var immich = ContainerService.named(ServiceName.of("immich"))
                .image(
                        ImageReference.of(
                                "ghcr.io/immich-app/immich-server:v3.1.0@sha256:b434cb9287eea1471c9974845914d4dd328c9c2d652e446ed4930f99944f0ceb"))
                .publishes(Port.of(2283))
                .probedAt(HttpPath.of("/api/server/ping"))
                .memoryLimit(Memory.gibibytes(4))
                .memoryRequest(Memory.gibibytes(1))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(10)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(1024)))
                .env(EnvName.of("DB_HOSTNAME"), db.host())
                .env(EnvName.of("DB_USERNAME"), EnvText.of("immich"))
                .env(EnvName.of("DB_DATABASE_NAME"), EnvText.of("immich"))
                .env(EnvName.of("DB_PASSWORD_FILE"), EnvText.of("/run/secrets/immich-db-password"))
                .env(EnvName.of("REDIS_HOSTNAME"), cache.host())
                .env(
                        EnvName.of("IMMICH_MACHINE_LEARNING_URL"),
                        learning.address(Port.of(3003)).after("http://"))
                .option(ProgramOption.NODE_TIME_ZONE)
                .after(db.healthy())
                .after(cache.healthy())
                .user(UserId.of(1000), GroupId.of(1000));
        // yours: the name by which phones and browsers find it
        var ingress = Ingress.<Home>of(HttpsUrl.of(DnsName.of("immich.home.arpa")), immich); // https
        return Deployment.named(DeploymentName.of("immich"))
                .on(home)
                .runs(Together.<Home>of(
                        ServiceName.of("app"),
                        // yours: photos that lie on a NAS already, .with(Shares.of(MountedShare.readOnly(…))) here
                        immich.volumes(Volume.of(DataName.of("photos"), MountPath.of("/data")))
                                .with(Secrets.of(DB_PASSWORD)),
                        learning.volumes(Volume.of(DataName.of("models"), MountPath.of("/cache"))),
                        cache,
                        // yours: copies, .with(BackedUp.to(…).dump(Dump.postgres(…))) behind the volumes
                        db.volumes(Volume.of(DataName.of("rows"), MountPath.of("/var/lib/postgresql/data")))
                                .with(Secrets.of(DB_PASSWORD))))
                .runs(ingress) // https
                .provenBy(HttpSmokeTest.of(immich, HttpPath.of("/api/server/ping"), "pong")
                        .within(Duration.ofMinutes(10)));
    }
}
