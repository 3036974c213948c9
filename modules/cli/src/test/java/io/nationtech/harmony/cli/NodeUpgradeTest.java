package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.RecoveryKey;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.SystemUpgrades;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.node.DesiredStateStore;
import io.nationtech.harmony.node.Drivers;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSecrets;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.age.AgeSealing;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may upgrade nodes, and what they see of it, over a real server with logins. */
class NodeUpgradeTest extends OwnMesh {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.1");
    private static final SystemVersion OLD = SystemVersion.of("202611302100");
    private static final SystemVersion NEW = SystemVersion.of("202612010000");

    private final int port = FreePort.at(InetAddress.getLoopbackAddress());
    private final InProcessRuntime runtime = new InProcessRuntime(new Images(), ADDRESS);
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private ConfiguredNatsServer server;

    @BeforeEach
    void begin() throws Exception {
        makeAuthority();
        done(let("operator", "ada"));
        done(let("onlooker", "eve"));
        done(mesh(
                "login",
                "--operator",
                "pat",
                "--deployments",
                "web",
                "--file",
                login("pat").toString()));
        done(mesh(
                "login",
                "--operator",
                "sam",
                "--nodes",
                "n1",
                "--file",
                login("sam").toString()));
        done(let("node", "n1"));
        done(let("node", "n2"));
        Path written = folder.resolve("server");
        done(mesh("server", "--address", "127.0.0.1", "--listen", "127.0.0.1:" + port, written.toString()));
        server = ConfiguredNatsServer.start(NatsServer.NEWEST, written, port);
        open.push(server);
        open.push(runtime);
        done(as("ada", "node", "list"));
    }

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** A system that is there at once, or goes back. */
    private static final class Exchanged implements SystemUpgrades {
        private final Optional<Cause> ill;
        private volatile NodeSystem now = new NodeSystem(OLD);
        private volatile boolean isReset;
        private volatile Optional<RecoveryKey> disk = Optional.empty();
        private volatile Runnable listener = () -> {};

        Exchanged(Optional<Cause> ill) {
            this.ill = ill;
        }

        @Override
        public NodeSystem now() {
            return now.with(disk);
        }

        @Override
        public UpgradeAnswer upgrade(UpgradeOrder order) {
            now = ill.map(why -> new NodeSystem(
                            OLD,
                            Optional.empty(),
                            Optional.of(new NodeSystem.Failed(
                                    order.version(),
                                    NodeSystem.Step.PROVING,
                                    Instant.parse("2026-12-01T00:07:13Z"),
                                    why))))
                    .orElseGet(() -> new NodeSystem(order.version()));
            listener.run();
            return new UpgradeAnswer.Accepted();
        }

        @Override
        public ResetAnswer reset() {
            isReset = true;
            return new ResetAnswer.Begun();
        }

        @Override
        public void onChange(Runnable told) {
            listener = told;
        }
    }

    private Exchanged start(String name, Optional<Cause> ill) throws Exception {
        NodeId id = NodeId.of(name);
        Exchanged upgrades = new Exchanged(ill);
        MeshFiles files = new MeshFiles(folder, server.url());
        NatsMesh mesh = NatsMesh.connect(files.options(name, InstantSource.system()));
        open.push(mesh);
        Node node = new Node(
                id,
                () -> HomeLab.info(id, ADDRESS).running(Optional.of(upgrades.now())),
                Drivers.of(new ContainerDriver(runtime, ADDRESS, System::nanoTime)),
                new DesiredStateStore(folder.resolve("state-" + name), MeshFiles.CODEC),
                NodeSecrets.none(),
                mesh,
                new Fleet(mesh, MeshFiles.CODEC, new LoginSignatures(login(name), InstantSource.system())),
                new NodeSettings(
                        Duration.ofMillis(200),
                        Duration.ofMillis(200),
                        InstantSource.system(),
                        System::nanoTime,
                        Optional.of(upgrades)),
                _ -> {});
        node.start();
        open.push(node);
        Eventually.holds("it is there", () -> as("ada", "node", "list").out().contains(name + " "));
        return upgrades;
    }

    private Typed as(String name, String... words) {
        return Typed.command(Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--mesh",
                                server.url(),
                                "--mesh-ca",
                                authority().toString(),
                                "--mesh-login",
                                login(name).toString()))
                .toArray(String[]::new));
    }

    private Typed upgrade(String name, String... nodes) {
        return as(
                name,
                Stream.of(
                                Stream.of("node", "upgrade"),
                                Stream.of(nodes),
                                Stream.of(
                                        "--release",
                                        "https://releases.example/harmony",
                                        "--to",
                                        NEW.value(),
                                        "--timeout",
                                        "60"))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    @Test
    void whoMayDeployAnythingThereUpgradesAndThatIsKept() throws Exception {
        Exchanged n1 = start("n1", Optional.empty());

        Typed limited = upgrade("pat", "n1");
        assertEquals(3, limited.exitCode(), limited::toString);
        assertTrue(
                limited.err().contains("the login of 'pat' may deploy web on all nodes, and nothing else"),
                limited::err);
        assertEquals(3, upgrade("eve", "n1").exitCode());
        assertEquals(new NodeSystem(OLD), n1.now());

        Typed upgraded = done(upgrade("sam", "n1"));
        assertTrue(upgraded.out().contains("n1    runs " + NEW), upgraded::out);
        assertEquals(new NodeSystem(NEW), n1.now());
        Typed again = done(upgrade("ada", "-l", "node=n1"));
        assertTrue(again.out().contains("n1    runs %s already".formatted(NEW)), again::out);
        assertTrue(done(as("ada", "node", "show", "n1")).out().contains("version         " + NEW));

        String audit = done(as("eve", "audit")).out();
        assertTrue(
                audit.lines()
                        .anyMatch(
                                line -> line.matches(
                                        "20\\S+Z +n1 +sam \\(U[A-Z2-7]{7}…\\) +upgrade --release https://releases.example/harmony --to 202612010000 +done")),
                audit);
    }

    @Test
    void aNodeThatGoesBackSaysWhyAndTheOthersStay() throws Exception {
        Cause why = new Cause(
                "harmony-health.service: exit code 1: the disk is full", "the node's operating system", "mend it");
        start("n1", Optional.of(why));
        Exchanged n2 = start("n2", Optional.empty());

        Typed failed = upgrade("ada", "n1", "n2", "--output", "json");
        assertEquals(1, failed.exitCode(), failed::toString);
        assertTrue(failed.err().contains("✗ harmony-health.service: exit code 1: the disk is full"), failed::err);
        assertTrue(failed.out().contains("\"result\" : \"failed\""), failed::out);
        assertTrue(failed.out().contains("\"result\" : \"left\""), failed::out);
        assertEquals(new NodeSystem(OLD), n2.now());

        Typed shown = done(as("eve", "node", "show", "n1"));
        assertTrue(
                shown.out().contains("upgrade         to 202612010000 failed at 2026-12-01T00:07:13Z: harmony-health"),
                shown::out);
        Typed reason = done(as("eve", "why", "n1"));
        assertTrue(reason.out().contains("✗ harmony-health.service: exit code 1: the disk is full"), reason::out);
    }

    @Test
    void whoMayDeployAnythingThereHasANodeForgetEverything() throws Exception {
        Exchanged n1 = start("n1", Optional.empty());

        assertEquals(3, as("pat", "node", "reset", "n1").exitCode());
        assertEquals(3, as("eve", "node", "reset", "n1").exitCode());
        assertEquals(1, as("ada", "node", "reset", "n9").exitCode());
        assertFalse(n1.isReset);

        Typed reset = done(as("sam", "node", "reset", "n1"));
        assertTrue(reset.err().contains("n1 forgets everything"), reset::toString);
        assertTrue(n1.isReset);
        String audit = done(as("eve", "audit")).out();
        assertTrue(
                audit.lines().anyMatch(line -> line.matches("20\\S+Z +n1 +sam \\(U[A-Z2-7]{7}…\\) +reset +done")),
                audit);
    }

    @Test
    void whoRunsTheMeshOpensTheRecoveryKeyOfADiskAndNobodyElse() throws Exception {
        String key = "cbdefghi-jklnrtuv-cbdefghi-jklnrtuv-cbdefghi-jklnrtuv-cbdefghi-jklnrtuv";
        Exchanged n1 = start("n1", Optional.empty());
        Typed untold = as("ada", with(store(), "node", "recovery-key", "n1"));
        assertEquals(1, untold.exitCode(), untold::toString);
        assertTrue(untold.err().contains("'n1' has told no recovery key"), untold::err);

        n1.disk = Optional.of(sealed(key, login("n1")));
        n1.listener.run();
        Eventually.holds(
                "it is told",
                () -> as("ada", with(store(), "node", "recovery-key", "n1"))
                        .out()
                        .equals(key + System.lineSeparator()));
        // From the mesh, where whoever looks on has it, sealed.
        Typed shown = done(as("eve", "node", "show", "n1", "--output", "json"));
        assertTrue(shown.out().contains("\"recovery\""), shown::out);
        assertFalse(shown.out().contains(key), shown::out);
        assertTrue(done(as("eve", "node", "show", "n1")).out().contains("disk            encrypted"));

        Path other = folder.resolve("other.key");
        done(Typed.command("secret", "key", "new", "--key", other.toString()));
        Typed refused = as(
                "ada",
                "node",
                "recovery-key",
                "n1",
                "--key",
                other.toString(),
                "--secrets",
                folder.resolve("others").toString());
        assertEquals(1, refused.exitCode(), refused::toString);
        assertTrue(refused.err().contains("the recovery key of 'n1' cannot be opened"), refused::err);
    }

    /** As the agent does. */
    private static RecoveryKey sealed(String key, Path login) {
        try (Login own = Login.readFile(login);
                Secret secret = Secret.takeFrom(key.getBytes(StandardCharsets.US_ASCII))) {
            return new RecoveryKey(new AgeSealing()
                    .seal(
                            RecoveryKey.NAME,
                            new SecretLookup.Held(secret, 1),
                            own.token().recovery().orElseThrow())
                    .text());
        }
    }

    private static String[] with(Stream<String> options, String... words) {
        return Stream.concat(Stream.of(words), options).toArray(String[]::new);
    }

    @Test
    void whatIsNoReleaseIsAskedOfNobody() {
        Typed wrong = as("ada", "node", "upgrade", "n1", "--release", "ftp://x/y", "--to", NEW.value());
        assertEquals(2, wrong.exitCode(), wrong::toString);
        assertTrue(wrong.err().contains("'ftp://x/y' is not where a release lies"), wrong::err);
        Typed secret = as("ada", "node", "upgrade", "n1", "--release", "https://me:hush@x/y", "--to", NEW.value());
        assertEquals(2, secret.exitCode(), secret::toString);
        assertTrue(!secret.err().contains("hush"), secret::err);
        assertEquals(2, upgrade("ada").exitCode(), "nobody said which");
    }
}
