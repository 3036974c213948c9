package household;

import io.nationtech.harmony.backup.*;
import io.nationtech.harmony.config.file.*;
import io.nationtech.harmony.domain.*;
import io.nationtech.harmony.domain.capability.*;
import io.nationtech.harmony.domain.node.*;
import io.nationtech.harmony.domain.placement.*;
import io.nationtech.harmony.domain.score.*;
import io.nationtech.harmony.domain.value.*;
import java.time.Duration;

/** What a household runs: a blog, a ledger, a broker for its sensors, a name server, and a word to the neighbours by multicast. */
public final class Household implements DeploymentModule {
    interface Home extends ContainerRuntime, VolumeStore, SecretStore, FolderShares, BackupStore {}

    private static final ImageReference IMAGE = ImageReference.of("localhost/harmony-applications:VERSION");
    private static final UserId USER = UserId.of(1500);
    private static final GroupId GROUP = GroupId.of(1500);
    private static final SecretRef BLOG_PASSWORD = SecretRef.of("blog-password");
    private static final SecretRef LEDGER_PASSWORD = SecretRef.of("ledger-password");
    private static final BackedUp<Home> BACKED_UP = BackedUp.to(
            Repository.onShare(ShareName.of("nas"), SecretRef.of("backup-password")),
            Schedule.of(CalendarTime.of("02:30")),
            Keep.days(7));
    private static final MountPath UPLOADS = MountPath.of("/srv/wordpress/wp-content/uploads");

    @Override
    public Deployment<Home> deployment() {
        var site = blogSite(blogDatabase());
        var entries = ledgerPage();
        var broker = broker();
        var names = names();
        return Deployment.named(DeploymentName.of("household"))
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("SITE")))
                .runs(blog())
                .runs(ledger())
                .runs(broker.volumes(Volume.of(DataName.of("messages"), MountPath.of("/var/lib/mosquitto")))
                        .with(MountedConfig.of(
                                ConfigFile.of("mosquitto.conf", """
                                        listener 1883
                                        allow_anonymous true
                                        persistence true
                                        persistence_location /var/lib/mosquitto/
                                        autosave_interval 1
                                        """),
                                MountPath.of("/etc/mosquitto/household.conf")))
                        .with(BACKED_UP))
                .runs(names)
                .runs(neighbours())
                .provenBy(
                        HttpSmokeTest.of(site, HttpPath.of("/readme.html"), "WordPress"),
                        HttpSmokeTest.of(entries, HttpPath.of("/"), "entries"),
                        TcpSmokeTest.of(broker, Port.of(1883)),
                        TcpSmokeTest.of(names, Port.of(53)));
    }

    private static PrivateService blogDatabase() {
        return ContainerService.named(ServiceName.of("mariadb"))
                .image(IMAGE)
                .publishesNothing()
                .probedBy(CommandProbe.of(Arguments.of("mariadb-admin", "ping")))
                .memoryLimit(Memory.mebibytes(512))
                .entrypoint(Arguments.of("/usr/local/bin/start-mariadb", "wordpress"))
                .user(USER, GROUP);
    }

    private static ContainerService blogSite(PrivateService database) {
        return ContainerService.named(ServiceName.of("wordpress"))
                .image(IMAGE)
                .publishes(Port.of(18_080))
                .probedAt(HttpPath.of("/readme.html"))
                .memoryLimit(Memory.mebibytes(256))
                .entrypoint(Arguments.of("/usr/bin/php", "-S", "0.0.0.0:18080", "-t", "/srv/wordpress"))
                .option(ProgramOption.INIT)
                .user(USER, GROUP)
                .env(EnvName.of("WORDPRESS_DB_HOST"), database.address(Port.of(3306)))
                .after(database.healthy());
    }

    private static Score<Home> blog() {
        var database = blogDatabase();
        var site = blogSite(database);
        var cache = ContainerService.named(ServiceName.of("valkey"))
                .image(IMAGE)
                .publishesNothing()
                .probedBy(CommandProbe.of(Arguments.of("valkey-cli", "ping")))
                .memoryLimit(Memory.mebibytes(64))
                .entrypoint(Arguments.of(
                        "/usr/bin/valkey-server", "--dir", "/data", "--appendonly", "yes", "--protected-mode", "no"))
                .user(USER, GROUP);
        var cron = Job.named(ServiceName.of("cron"))
                .image(IMAGE)
                .at(CalendarTime.of("*:*"))
                .memoryLimit(Memory.mebibytes(128))
                .entrypoint(Arguments.of(
                        "/bin/sh",
                        "-ec",
                        "php /srv/wordpress/wp-cron.php; valkey-cli -h \"$CACHE\" incr runs > \"$UPLOADS/cron.txt\""))
                .user(USER, GROUP)
                .env(EnvName.of("UPLOADS"), EnvText.of(UPLOADS.value()))
                .env(EnvName.of("CACHE"), cache.host())
                .env(EnvName.of("WORDPRESS_DB_HOST"), database.address(Port.of(3306)))
                .deadline(Duration.ofMinutes(1));
        var password = EnvName.of("WORDPRESS_DB_PASSWORD");
        return Together.<Home>of(
                        ServiceName.of("blog"),
                        database.secretEnv(EnvName.of("MARIADB_PASSWORD"), BLOG_PASSWORD)
                                .with(Secrets.of(BLOG_PASSWORD))
                                .with(Volumes.of(Volume.of(DataName.of("blog"), MountPath.of("/var/lib/mysql"))))
                                .with(BACKED_UP.dump(Dump.mariadb(DatabaseName.of("wordpress"), BLOG_PASSWORD))),
                        cache.volumes(Volume.of(DataName.of("cache"), MountPath.of("/data"))),
                        site.secretEnv(password, BLOG_PASSWORD),
                        cron.secretEnv(password, BLOG_PASSWORD))
                .with(SharedVolume.named(DataName.of("uploads")).at(site, UPLOADS).at(cron, UPLOADS))
                .with(BACKED_UP);
    }

    private static ContainerService ledgerPage() {
        return ContainerService.named(ServiceName.of("entries"))
                .image(IMAGE)
                .publishes(Port.of(18_081))
                .probedBy(TcpProbe.of(Port.of(18_081)))
                .memoryLimit(Memory.mebibytes(128))
                .entrypoint(Arguments.of("/usr/bin/php", "-S", "0.0.0.0:18081", "/etc/ledger/index.php"))
                .option(ProgramOption.INIT)
                .user(USER, GROUP);
    }

    private static Score<Home> ledger() {
        var database = ContainerService.named(ServiceName.of("postgres"))
                .image(IMAGE)
                .publishesNothing()
                .probedBy(CommandProbe.postgres())
                .memoryLimit(Memory.mebibytes(256))
                .entrypoint(Arguments.of("/usr/local/bin/start-postgres", LEDGER_PASSWORD.name()))
                .env(EnvName.of("PGHOST"), EnvText.of("/tmp"))
                .user(USER, GROUP);
        var page = ledgerPage()
                .env(EnvName.of("PGHOST"), database.host())
                .env(EnvName.of("PGUSER"), EnvText.of("postgres"))
                .after(database.healthy());
        return Together.<Home>of(
                ServiceName.of("ledger"),
                database.secrets(LEDGER_PASSWORD)
                        .with(Volumes.of(Volume.of(DataName.of("ledger"), MountPath.of("/var/lib/postgresql"))))
                        .with(BACKED_UP.dump(Dump.postgres(DatabaseName.of("postgres"), DatabaseName.of("postgres")))),
                page.secretEnv(EnvName.of("PGPASSWORD"), LEDGER_PASSWORD)
                        .with(MountedConfig.of(
                                ConfigFile.of("index.php", """
                                        <?php
                                        $ledger = pg_connect('dbname=postgres');
                                        pg_query($ledger, 'CREATE TABLE IF NOT EXISTS entry (at timestamptz DEFAULT now())');
                                        if ($_SERVER['REQUEST_METHOD'] === 'POST') pg_query($ledger, 'INSERT INTO entry DEFAULT VALUES');
                                        echo 'entries: ', pg_fetch_result(pg_query($ledger, 'SELECT count(*) FROM entry'), 0, 0);
                                        """),
                                MountPath.of("/etc/ledger/index.php"))));
    }

    private static ContainerService broker() {
        return ContainerService.named(ServiceName.of("mosquitto"))
                .image(IMAGE)
                .publishes(Port.of(1883))
                .probedBy(TcpProbe.of(Port.of(1883)))
                .memoryLimit(Memory.mebibytes(64))
                .entrypoint(Arguments.of("/usr/sbin/mosquitto", "-c", "/etc/mosquitto/household.conf"))
                .user(USER, GROUP);
    }

    private static ContainerService names() {
        return ContainerService.named(ServiceName.of("dnsmasq"))
                .image(IMAGE)
                .publishes(Port.of(53))
                .probedBy(TcpProbe.of(Port.of(53)))
                .memoryLimit(Memory.mebibytes(32))
                .publishes(PublishedPort.udp(Port.of(53)))
                .entrypoint(Arguments.of(
                        "/usr/sbin/dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--no-resolv",
                        "--no-hosts",
                        "--user=app",
                        "--group=app",
                        "--pid-file=/tmp/dnsmasq.pid",
                        "--address=/nas.home.example/192.0.2.7"))
                .user(USER, GROUP);
    }

    /** Heard by whoever is in the same network: that it has none of its own is the point. */
    private static Score<Home> neighbours() {
        return ContainerService.named(ServiceName.of("avahi"))
                .image(IMAGE)
                .publishesNothing()
                .withoutProbe()
                .memoryLimit(Memory.mebibytes(32))
                .entrypoint(Arguments.of(
                        "/usr/sbin/avahi-daemon",
                        "--no-drop-root",
                        "--no-rlimits",
                        "--no-chroot",
                        "--file=/etc/avahi/household.conf"))
                .allows(Privilege.HOST_NETWORK, Reason.of("answers multicast questions of the site"))
                .allows(Privilege.START_AS_ROOT, Reason.of("gives its folder in /run to another user"))
                .with(MountedConfig.of(
                        ConfigFile.of("avahi.conf", """
                                [server]
                                host-name=hearth
                                use-ipv6=no
                                enable-dbus=no
                                """),
                        MountPath.of("/etc/avahi/household.conf")));
    }
}
