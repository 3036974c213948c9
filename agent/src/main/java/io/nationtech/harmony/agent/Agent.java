package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.system.SystemUpgrades;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.node.DesiredStateStore;
import io.nationtech.harmony.node.Drivers;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSecrets;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.node.NodeSummary;
import io.nationtech.harmony.node.SealedSecretStore;
import io.nationtech.harmony.os.update.Limits;
import io.nationtech.harmony.os.update.Neighbours;
import io.nationtech.harmony.os.update.OsRelease;
import io.nationtech.harmony.os.update.SiteLimits;
import io.nationtech.harmony.os.update.SystemdMachine;
import io.nationtech.harmony.os.update.Upgrades;
import io.nationtech.harmony.systemd.Notification.Alive;
import io.nationtech.harmony.systemd.Notification.Ready;
import io.nationtech.harmony.systemd.Notification.Status;
import io.nationtech.harmony.systemd.Notification.Stopping;
import io.nationtech.harmony.systemd.ServiceManager;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The process: reads its settings, puts the parts together, and lives until it is told to end. */
public final class Agent {
    private static final Logger LOG = System.getLogger(Agent.class.getName());
    private static final int EX_CONFIG = 78;
    private static final Path RELEASE_KEYS = Path.of("/usr/lib/harmony/release-keys");
    private static final Duration CONVERGE_PERIOD = Duration.ofSeconds(10);
    /** Who tells of changes may miss one, so the node still looks. */
    private static final Duration SETTLED_PERIOD = Duration.ofMinutes(1);

    private static final Duration BEGIN_AGAIN = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Settings settings;
    private final ServiceManager manager;
    private final Mesh mesh;
    private final MeshServers servers;
    private final OwnKey key;
    private final Drivers drivers;
    private final SiteNeighbours neighbours;
    private final Optional<Upgrades> upgrades;
    private final Node node;
    private final HardwareWatching hardware;
    private final Optional<LoginRenewal> renewal;
    private final Operating operating;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicBoolean ready = new AtomicBoolean();

    private Agent(Settings settings, Given given, ServiceManager manager) {
        this.settings = settings;
        this.manager = manager;
        Optional<NatsMesh> nats = nats(settings);
        this.mesh = nats.<Mesh>map(connected -> connected).orElseGet(NoMesh::new);
        this.servers = new MeshServers(
                settings.state().resolve("mesh-servers"),
                () -> nats.map(NatsMesh::servers).orElseGet(settings::mesh));
        JsonFleetCodec codec = new JsonFleetCodec();
        Fleet fleet = new Fleet(mesh, codec, settings.signatures());
        Machine machine = Machine.here(given);
        AgentRun run = OwnRun.of(given, new SecureRandom(), Instant.now());
        this.key = new OwnKey(settings.state().resolve("node.key"));
        this.drivers = Drivers.installed(settings.forDrivers(
                given,
                (deployment, listener) -> fleet.nodeReports().watchEndpoints(deployment, listener)::close,
                servers));
        this.neighbours =
                new SiteNeighbours(settings.node(), settings.site(), fleet.nodeReports(), () -> address(settings));
        this.upgrades = machine.system().map(running -> upgrades(running, settings, neighbours));
        OwnRecoveryKey recovery = new OwnRecoveryKey(settings.state().resolve("os/recovery-key"), settings.login());
        Optional<SystemUpgrades> system = upgrades.map(one -> new OwnSystem(one, recovery));
        this.node = new Node(
                settings.node(),
                () -> machine.describe(
                                settings, address(settings), key.forOthers(), drivers, system.map(SystemUpgrades::now))
                        .by(run),
                drivers,
                new DesiredStateStore(settings.state().resolve("desired-state"), codec),
                NodeSecrets.of(
                        settings.node(),
                        key::unsealing,
                        new SealedSecretStore(settings.state().resolve("sealed-secrets"), codec),
                        fleet.sealedSecrets()),
                mesh,
                fleet,
                new NodeSettings(CONVERGE_PERIOD, SETTLED_PERIOD, InstantSource.system(), System::nanoTime, system),
                this::pulse);
        this.hardware = HardwareWatching.of(settings, machine.architecture(), codec, node);
        this.renewal = settings.login()
                .map(files -> new LoginRenewal(
                        settings.node(),
                        files,
                        settings.state().resolve("mesh-login.next"),
                        recovery,
                        fleet.nodeLogins(),
                        InstantSource.system()));
        this.operating = new Operating(settings, mesh, fleet);
    }

    private static Upgrades upgrades(SystemVersion running, Settings settings, Neighbours neighbours) {
        Path own = settings.state().resolve("os");
        return new Upgrades(
                new Upgrades.Running(running, OsRelease.Architecture.here()),
                new SystemdMachine(RunningDisk::partitions),
                new Upgrades.Places(
                        RELEASE_KEYS,
                        settings.state().resolve("os-update"),
                        own.resolve("upgrade.json"),
                        own.resolve("last-failure"),
                        settings.state().resolve("os-offers")),
                new Upgrades.Site(neighbours, SiteLimits.USUAL),
                Limits.USUAL,
                InstantSource.system());
    }

    /** Runs the agent until the process is told to end; exits with 78 when a setting is wrong (sysexits.h). */
    public static void main(String[] arguments) throws InterruptedException {
        Given given = new Given(System.getenv(), Path.of("/"));
        switch (SettingsReading.read(given)) {
            case SettingsReading.Result.Refused(List<String> problems) -> {
                LOG.log(
                        Level.ERROR,
                        "The agent cannot start; correct this and start it again:\n  {0}",
                        String.join("\n  ", problems));
                System.exit(EX_CONFIG);
            }
            case SettingsReading.Result.Read(Settings settings) -> {
                ServiceManager manager = ServiceManager.of(
                        given.environment(), ProcessHandle.current().pid());
                new Agent(settings, given, manager).run();
            }
        }
    }

    private void run() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(this::end));
        LOG.log(
                Level.INFO,
                "Node {0} of site {1} begins; mesh: {2}",
                settings.node(),
                settings.site(),
                meshForPeople());
        servers.follow(mesh);
        while (!begin() && !ending.await(BEGIN_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {}
        operating.start();
        ending.await();
    }

    /** Without its folder the agent can keep nothing; it says so and tries again, while what runs goes on. */
    private boolean begin() {
        try {
            key.take();
            if (upgrades.isPresent()) {
                upgrades.get().start();
            }
            node.start();
            hardware.start();
            renewal.ifPresent(LoginRenewal::start);
            return true;
        } catch (IOException e) {
            String trouble = "cannot use the folder of kept state: " + e;
            LOG.log(
                    Level.ERROR,
                    "{0}\n  → make room or repair it, `df -h {1}`; the agent tries again",
                    trouble,
                    settings.state());
            tell(trouble);
            return false;
        }
    }

    /** Comes from the node's heart alone, so that the watchdog sees when that stops. */
    private void pulse(NodeSummary summary) {
        tell(settings.mesh().isEmpty() ? "no mesh is configured; " + summary : summary.toString());
    }

    private void tell(String status) {
        if (ready.getAndSet(true)) {
            manager.tell(new Alive(), new Status(status));
        } else {
            manager.tell(new Ready(), new Status(status));
        }
    }

    /** Leaves everything running that runs; waits for no container tool that hangs. */
    private void end() {
        LOG.log(Level.INFO, "Ending; containers go on running");
        manager.tell(new Stopping(), new Status("ending; containers go on running"));
        ending.countDown();
        Thread closing = Thread.ofPlatform().daemon().name("close").start(() -> {
            renewal.ifPresent(LoginRenewal::close);
            upgrades.ifPresent(Upgrades::close);
            neighbours.close();
            hardware.close();
            operating.close();
            node.close();
            drivers.close();
            mesh.close();
            key.close();
        });
        try {
            if (!closing.join(CLOSE_TIMEOUT)) {
                LOG.log(
                        Level.WARNING,
                        "Something did not end within {0} s; ending without it",
                        CLOSE_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String meshForPeople() {
        return settings.mesh().isEmpty()
                ? "none is configured, see " + Setting.MESH
                : String.join(
                        ", ", settings.mesh().stream().map(Object::toString).toList());
    }

    private static Optional<NatsMesh> nats(Settings settings) {
        return settings.mesh().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        NatsMesh.connectInBackground(NatsOptions.of(settings.mesh(), "harmony-agent " + settings.node())
                                .with(settings.access())));
    }

    private static IpAddress address(Settings settings) {
        return settings.address().orElseGet(() -> OwnAddress.towards(settings.mesh()));
    }
}
