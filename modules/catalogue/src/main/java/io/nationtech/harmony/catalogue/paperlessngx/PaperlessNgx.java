package io.nationtech.harmony.catalogue.paperlessngx;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.score.Secrets;
import io.nationtech.harmony.domain.score.Shares;
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
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.domain.value.UserId;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.Ingress;
import io.nationtech.harmony.ingress.TlsRouter;
import java.time.Duration;

/** Paper that was scanned, read and found again, with PostgreSQL, Redis, Gotenberg and Tika. */
public final class PaperlessNgx implements DeploymentModule {
    /** Of its database; any long random text. */
    private static final SecretRef DB_PASSWORD = SecretRef.of("paperless-db-password");

    /** Of user admin, whom it makes at its first start. */
    private static final SecretRef ADMIN_PASSWORD = SecretRef.of("paperless-admin-password");

    /** Signs sessions: a long random text. */
    private static final SecretRef SECRET_KEY = SecretRef.of("paperless-secret-key");

    /** What lies here is taken in, and is gone from here then. */
    private static final ShareName SCANS = ShareName.of("scans");

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, FolderShares, SecretStore, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        // yours: the name by which browsers find it
        var url = HttpsUrl.of(DnsName.of("paperless.home.arpa")); // https
        var db = ContainerService.named(ServiceName.of("db"))
                .image(
                        ImageReference.of(
                                "docker.io/library/postgres:17.10-alpine@sha256:742f40ea20b9ff2ff31db5458d127452988a2164df9e17441e191f3b72252193"))
                .publishesNothing()
                .probedBy(CommandProbe.postgres())
                .memoryLimit(Memory.mebibytes(384))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(3)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(256)).sharedMemory(Memory.mebibytes(128)))
                .env(EnvName.of("POSTGRES_DB"), EnvText.of("paperless"))
                .env(EnvName.of("POSTGRES_USER"), EnvText.of("paperless"))
                .env(EnvName.of("POSTGRES_PASSWORD_FILE"), EnvText.of("/run/secrets/paperless-db-password"))
                .user(UserId.of(70), GroupId.of(70));
        var queue = ContainerService.named(ServiceName.of("queue"))
                .image(
                        ImageReference.of(
                                "docker.io/library/redis:8.4.2-alpine@sha256:812a2556fa70318d980d248a65f62a3bdb72c0882e90d96e50d5c8cf2bed438d"))
                .publishesNothing()
                .probedBy(CommandProbe.redis())
                .memoryLimit(Memory.mebibytes(128))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(64)))
                .user(UserId.of(999), GroupId.of(1000));
        var gotenberg = ContainerService.named(ServiceName.of("gotenberg"))
                .image(
                        ImageReference.of(
                                "docker.io/gotenberg/gotenberg:8.17.1@sha256:46e7b68adeadda1794a9ab194f1e2939f5b09ff21aadef6000e84102c9af6dd5"))
                .publishesNothing()
                .probedBy(CommandProbe.of(Arguments.of("curl", "-fsS", "http://127.0.0.1:3000/health")))
                .memoryLimit(Memory.gibibytes(1))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(3)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(512)))
                // mail that is printed must neither run anything nor fetch what tells its sender
                .args(Arguments.of(
                        "gotenberg", "--chromium-disable-javascript=true", "--chromium-allow-list=file:///tmp/.*"))
                .user(UserId.of(1001), GroupId.of(1001))
                .allows(Privilege.WRITABLE_ROOT, Reason.of("its browser and office write into its user's folder"));
        var tika = ContainerService.named(ServiceName.of("tika"))
                .image(
                        ImageReference.of(
                                "docker.io/apache/tika:3.2.3.0@sha256:c0154cb95587cde64be74f35ada1a2bd7892219f3f0ac3c9dc6cab34046b3573"))
                .publishesNothing()
                .probedBy(CommandProbe.of(Arguments.of("/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9998")))
                .memoryLimit(Memory.gibibytes(1))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(3)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(256)));
        var paperless = ContainerService.named(ServiceName.of("paperless"))
                .image(
                        ImageReference.of(
                                "ghcr.io/paperless-ngx/paperless-ngx:3.0.5@sha256:65a4cabf0169ea7fbd90ab7bb28ba3f8b5909613635acda1a03ad606f34b456b"))
                .publishes(Port.of(8000))
                .probedAt(HttpPath.of("/accounts/login/"))
                .memoryLimit(Memory.gibibytes(2))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(10)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(512)))
                // it finishes the page that it reads
                .stopsWithin(Duration.ofMinutes(2))
                .env(EnvName.of("PAPERLESS_DBENGINE"), EnvText.of("postgresql"))
                .env(EnvName.of("PAPERLESS_DBHOST"), db.host())
                .env(EnvName.of("PAPERLESS_REDIS"), queue.address(Port.of(6379)).after("redis://"))
                .env(EnvName.of("PAPERLESS_TIKA_ENABLED"), EnvText.of("1"))
                .env(
                        EnvName.of("PAPERLESS_TIKA_ENDPOINT"),
                        tika.address(Port.of(9998)).after("http://"))
                .env(
                        EnvName.of("PAPERLESS_TIKA_GOTENBERG_ENDPOINT"),
                        gotenberg.address(Port.of(3000)).after("http://"))
                .env(EnvName.of("PAPERLESS_ADMIN_USER"), EnvText.of("admin"))
                // yours: the languages of the paper, and whose the files in the share are
                .env(EnvName.of("PAPERLESS_OCR_LANGUAGE"), EnvText.of("eng"))
                .env(EnvName.of("USERMAP_UID"), EnvText.of("1000"))
                .env(EnvName.of("USERMAP_GID"), EnvText.of("1000"))
                // a NAS tells nobody of new files
                .env(EnvName.of("PAPERLESS_CONSUMER_POLLING_INTERVAL"), EnvText.of("60"))
                .env(EnvName.of("PAPERLESS_URL"), url.text()) // https
                .option(ProgramOption.NODE_TIME_ZONE)
                .after(db.healthy())
                .after(queue.healthy())
                .allows(Privilege.START_AS_ROOT, Reason.of("its init begins as root and goes on as USERMAP_UID"))
                .allows(Privilege.WRITABLE_ROOT, Reason.of("its init writes below /etc"));
        var ingress = Ingress.<Home>of(url, paperless); // https
        return Deployment.named(DeploymentName.of("paperless-ngx"))
                .on(home)
                .runs(Together.<Home>of(
                        ServiceName.of("app"),
                        paperless
                                .volumes(
                                        Volume.of(DataName.of("index"), MountPath.of("/usr/src/paperless/data")),
                                        Volume.of(DataName.of("documents"), MountPath.of("/usr/src/paperless/media")),
                                        Volume.of(DataName.of("exports"), MountPath.of("/usr/src/paperless/export")))
                                .with(Shares.of(
                                        MountedShare.writable(SCANS, MountPath.of("/usr/src/paperless/consume"))))
                                .with(SecretEnv.of(EnvName.of("PAPERLESS_DBPASS"), DB_PASSWORD)
                                        .and(EnvName.of("PAPERLESS_ADMIN_PASSWORD"), ADMIN_PASSWORD)
                                        .and(EnvName.of("PAPERLESS_SECRET_KEY"), SECRET_KEY)),
                        // yours: copies, .with(BackedUp.to(…).dump(Dump.postgres(…))) behind the volumes
                        db.volumes(Volume.of(DataName.of("rows"), MountPath.of("/var/lib/postgresql/data")))
                                .with(Secrets.of(DB_PASSWORD)),
                        queue.volumes(Volume.of(DataName.of("queue"), MountPath.of("/data"))),
                        gotenberg,
                        tika))
                .runs(ingress) // https
                .provenBy(HttpSmokeTest.of(paperless, HttpPath.of("/accounts/login/"), "Paperless")
                        .within(Duration.ofMinutes(10)));
    }
}
