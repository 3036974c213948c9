package io.nationtech.harmony.catalogue.nextcloud;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.Job;
import io.nationtech.harmony.domain.score.Secrets;
import io.nationtech.harmony.domain.score.SharedVolume;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.GroupId;
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

/** Files, calendars and contacts, with MariaDB, Redis and a job for what it does by the clock. */
public final class Nextcloud implements DeploymentModule {
    /** Of user admin, whom it makes at its first start. */
    private static final SecretRef ADMIN_PASSWORD = SecretRef.of("nextcloud-admin-password");

    /** Of its database; any long random text. */
    private static final SecretRef DB_PASSWORD = SecretRef.of("nextcloud-db-password");

    /** Of its database's root; any long random text. */
    private static final SecretRef DB_ROOT_PASSWORD = SecretRef.of("nextcloud-db-root-password");

    private static final ImageReference IMAGE = ImageReference.of(
            "docker.io/library/nextcloud:34.0.3-apache@sha256:365baea128b5e0f45a8dc5111c9234b926f1e6082b4c14d75ae650324ce5d65c");

    private static final MountPath PROGRAM = MountPath.of("/var/www/html");
    private static final MountPath FILES = MountPath.of("/var/www/data");

    /** What nodes must offer. */
    interface Home extends ContainerRuntime, SecretStore, VolumeStore, TlsRouter {}

    @Override
    public Deployment<Home> deployment() {
        var home = Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
        // yours: the name by which apps and browsers find it
        var url = HttpsUrl.of(DnsName.of("nextcloud.home.arpa")); // https
        var db = ContainerService.named(ServiceName.of("db"))
                .image(
                        ImageReference.of(
                                "docker.io/library/mariadb:11.4.7@sha256:c5c82ddc074b9236fda87127934a1da726ecac68e9de083fd0e0d11a7bedc077"))
                .publishesNothing()
                .probedBy(CommandProbe.mariadb())
                .memoryLimit(Memory.mebibytes(768))
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(5)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(512)))
                .args(Arguments.of("mariadbd", "--transaction-isolation=READ-COMMITTED", "--binlog-format=ROW"))
                .env(EnvName.of("MARIADB_DATABASE"), EnvText.of("nextcloud"))
                .env(EnvName.of("MARIADB_USER"), EnvText.of("nextcloud"))
                .env(EnvName.of("MARIADB_PASSWORD_FILE"), EnvText.of("/run/secrets/nextcloud-db-password"))
                .env(EnvName.of("MARIADB_ROOT_PASSWORD_FILE"), EnvText.of("/run/secrets/nextcloud-db-root-password"))
                .env(EnvName.of("MARIADB_AUTO_UPGRADE"), EnvText.of("1"))
                .user(UserId.of(999), GroupId.of(999));
        var cache = ContainerService.named(ServiceName.of("cache"))
                .image(
                        ImageReference.of(
                                "docker.io/library/redis:8.4.2-alpine@sha256:812a2556fa70318d980d248a65f62a3bdb72c0882e90d96e50d5c8cf2bed438d"))
                .publishesNothing()
                .probedBy(CommandProbe.redis())
                .memoryLimit(Memory.mebibytes(128))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(64)))
                // nothing in it need outlive it
                .args(Arguments.of("redis-server", "--save", "", "--appendonly", "no"))
                .user(UserId.of(999), GroupId.of(1000));
        var web = ContainerService.named(ServiceName.of("nextcloud"))
                .image(IMAGE)
                .publishes(PublishedPort.tcp(Port.of(80)).at(Port.of(8082)))
                // asked from within: to whoever comes by a name that it does not trust it answers 400
                .probedBy(CommandProbe.of(Arguments.of("curl", "-fsS", "http://localhost/status.php")))
                .memoryLimit(Memory.gibibytes(1))
                // it copies itself into its volume first, and brings its database up to date
                .health(HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(15)))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(512)))
                .env(EnvName.of("MYSQL_HOST"), db.host())
                .env(EnvName.of("MYSQL_DATABASE"), EnvText.of("nextcloud"))
                .env(EnvName.of("MYSQL_USER"), EnvText.of("nextcloud"))
                .env(EnvName.of("MYSQL_PASSWORD_FILE"), EnvText.of("/run/secrets/nextcloud-db-password"))
                .env(EnvName.of("NEXTCLOUD_ADMIN_USER"), EnvText.of("admin"))
                .env(EnvName.of("NEXTCLOUD_ADMIN_PASSWORD_FILE"), EnvText.of("/run/secrets/nextcloud-admin-password"))
                .env(EnvName.of("NEXTCLOUD_DATA_DIR"), EnvText.of(FILES.value()))
                .env(EnvName.of("REDIS_HOST"), cache.host())
                .env(EnvName.of("PHP_UPLOAD_LIMIT"), EnvText.of("16G"))
                .env(EnvName.of("APACHE_BODY_LIMIT"), EnvText.of("0"))
                // yours: the names at which it may be asked; it keeps those of its first start
                .env(EnvName.of("NEXTCLOUD_TRUSTED_DOMAINS"), EnvText.of("nextcloud.home.arpa 192.168.* 10.*"))
                .env(EnvName.of("TRUSTED_PROXIES"), EnvText.of("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16")) // https
                .env(EnvName.of("OVERWRITEPROTOCOL"), EnvText.of("https")) // https
                .env(EnvName.of("OVERWRITECLIURL"), url.text()) // https
                .after(db.healthy())
                .after(cache.healthy())
                .allows(
                        Privilege.START_AS_ROOT,
                        Reason.of("its entrypoint makes its data its own; Apache begins as root"))
                .allows(Privilege.WRITABLE_ROOT, Reason.of("its entrypoint writes PHP's and Apache's settings"));
        var cron = Job.named(ServiceName.of("cron"))
                .image(IMAGE)
                .at(CalendarTime.of("*:0/5"))
                .memoryLimit(Memory.mebibytes(512))
                .limits(Limits.DEFAULT.processes(ProcessCount.of(64)))
                .entrypoint(Arguments.of("php", "-f", "/var/www/html/cron.php"))
                // its settings look for Redis there
                .env(EnvName.of("REDIS_HOST"), cache.host())
                .after(web.healthy())
                .user(UserId.of(33), GroupId.of(33));
        var ingress = Ingress.<Home>of(url, web); // https
        return Deployment.named(DeploymentName.of("nextcloud"))
                .on(home)
                .runs(Together.<Home>of(
                                ServiceName.of("app"),
                                web.secrets(ADMIN_PASSWORD, DB_PASSWORD),
                                cron,
                                cache,
                                // yours: copies, .with(BackedUp.to(…).dump(Dump.mariadb(…))) behind the volumes
                                db.volumes(Volume.of(DataName.of("rows"), MountPath.of("/var/lib/mysql")))
                                        .with(Secrets.of(DB_PASSWORD, DB_ROOT_PASSWORD)))
                        .with(SharedVolume.named(DataName.of("program"))
                                .at(web, PROGRAM)
                                .at(cron, PROGRAM))
                        .with(SharedVolume.named(DataName.of("files"))
                                .at(web, FILES)
                                .at(cron, FILES)))
                .runs(ingress) // https
                .provenBy(HealthSmokeTest.of(web).within(Duration.ofMinutes(15)));
    }
}
