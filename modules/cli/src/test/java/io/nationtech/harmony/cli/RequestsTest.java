package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Challenge;
import io.nationtech.harmony.fleet.ChallengeRequest;
import io.nationtech.harmony.fleet.ChallengedRequest;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.ExecReply;
import io.nationtech.harmony.fleet.ExecRequest;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.Octets;
import io.nationtech.harmony.fleet.Signatures;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.SignedForm;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators ask of a node that believes them alone, over a real server with logins. */
class RequestsTest extends OwnMesh {
    private static final NodeId NODE = NodeId.of("n1");
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.1");
    private static final JsonFleetCodec CODEC = MeshFiles.CODEC;
    private static final DesiredState SHOP = FleetBench.desired(NODE, 1);
    private static final DeploymentName DEPLOYMENT = SHOP.deployment();

    private final int port = FreePort.at(InetAddress.getLoopbackAddress());
    private final Images images = new Images();
    private final InProcessRuntime runtime = new InProcessRuntime(images, ADDRESS);
    private final AtomicLong passed = new AtomicLong();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private ConfiguredNatsServer server;
    private NatsMesh ada;

    @BeforeEach
    void begin() throws Exception {
        makeAuthority();
        done(let("operator", "ada"));
        done(let("onlooker", "eve"));
        done(let("node", "n1"));
        Path written = folder.resolve("server");
        done(mesh("server", "--address", "127.0.0.1", "--listen", "127.0.0.1:" + port, written.toString()));
        server = ConfiguredNatsServer.start(NatsServer.NEWEST, written, port);
        open.push(server);
        open.push(runtime);
        ada = mesh("ada");
        images.serve(FleetBench.image(1), "shop");
    }

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private MeshFiles files() {
        return new MeshFiles(folder, server.url());
    }

    private NatsMesh mesh(String name) {
        NatsMesh mesh = NatsMesh.connect(files().options(name, InstantSource.system()));
        open.push(mesh);
        return mesh;
    }

    private Signatures signatures(String name) {
        return new LoginSignatures(login(name), InstantSource.system());
    }

    private void start() throws Exception {
        NatsMesh mesh = mesh("n1");
        Node node = BenchNodes.node(
                HomeLab.info(NODE, ADDRESS),
                runtime,
                folder.resolve("desired"),
                mesh,
                new Fleet(mesh, CODEC, signatures("n1")),
                new NodeSettings(
                        Duration.ofMillis(200),
                        Duration.ofMillis(200),
                        InstantSource.system(),
                        () -> System.nanoTime() + passed.get()));
        node.start();
        open.push(node);
        Fleet adas = new Fleet(ada, CODEC, signatures("ada"));
        Eventually.holds("the node answers", () -> adas.commands().ping(NODE));
        adas.desiredStates().tell(SHOP, Optional.empty());
        Eventually.holds("it runs", () -> !runtime.observe(DEPLOYMENT).isEmpty());
    }

    private Typed as(String name, String command, String... words) {
        return Typed.command(Stream.of(
                        Stream.of(command, DEPLOYMENT.value()).limit(command.equals("audit") ? 1 : 2),
                        Stream.of(
                                "--mesh",
                                server.url(),
                                "--mesh-ca",
                                authority().toString(),
                                "--mesh-login",
                                login(name).toString()),
                        Stream.of(words))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    @Test
    void aProgramRunsAndContainersStartAgainAndAllOfThatIsKept() throws Exception {
        done(as("ada", "audit"));
        start();

        Typed exec = as("ada", "exec", "--", "sh", "-c", "echo out; echo err >&2; exit 3");
        assertEquals(3, exec.exitCode(), exec::toString);
        assertEquals("out\n", exec.out());
        assertEquals("err\n", exec.err());
        Typed cut = as("ada", "exec", "--", "head", "-c", "300000", "/dev/zero");
        assertEquals(0, cut.exitCode(), cut::err);
        assertEquals(Octets.MOST, cut.out().length());
        assertTrue(cut.err().contains("the output is cut: these are the first 262144 of 300000 bytes"), cut::err);
        Typed late = as("ada", "exec", "--timeout", "1", "--", "sleep", "1000");
        assertEquals(1, late.exitCode(), late::toString);
        assertTrue(late.err().contains("it was not over within 1 s, and was ended"), late::err);

        Typed restart = done(as("ada", "restart"));
        assertTrue(restart.err().contains("node 'n1' started again: "), restart::err);
        assertTrue(runtime.done().getLast().startsWith("restarted "), runtime.done()::toString);
        Typed missing = as("ada", "restart", "nothing");
        assertEquals(1, missing.exitCode(), missing::toString);
        done(as("ada", "logs", "-n", "7"));

        Typed refused = as("eve", "exec", "--", "true");
        assertEquals(3, refused.exitCode(), refused::toString);
        assertTrue(refused.err().contains("node-commands.n1.challenge"), refused::err);

        Typed audit = done(as("eve", "audit", "--node", "n1", "--since", "1h"));
        List<String> lines = audit.out().lines().toList();
        assertEquals(7, lines.size(), audit::out);
        for (int line = 1; line < 7; line++) {
            String end = List.of(
                            "exec -- sh -c 'echo out; echo err >&2; exit 3' +exit code 3",
                            "exec -- head -c 300000 /dev/zero +exit code 0",
                            "exec -- sleep 1000 +failed: it was not over within 1 s, and was ended",
                            "restart +done",
                            "restart nothing +failed: deployment '.*' has no container 'nothing' here",
                            "logs -n 7 +done")
                    .get(line - 1);
            assertTrue(
                    lines.get(line).matches("20\\S+Z +n1 +ada \\(U[A-Z2-7]{7}…\\) +%s +%s".formatted(DEPLOYMENT, end)),
                    audit::out);
        }

        // Whoever holds a server writes what they like, and signs nothing: it stands beside what the node wrote.
        mesh("n1")
                .bucket(new BucketName("audit"))
                .put(
                        Key.of("n1"),
                        SignedForm.documentOf(ada.bucket(new BucketName("audit"))
                                .history(Key.of("n1"))
                                .getLast()
                                .value()));
        Typed forged = done(as("ada", "audit"));
        assertEquals(8, forged.out().lines().count(), forged::out);
        assertTrue(forged.out().lines().toList().getLast().contains("not proven: ada ("), forged::out);
    }

    private Reply ask(String verb, Payload question) {
        return ada.request(Subject.of("node-commands", "n1", verb), question, Duration.ofSeconds(30));
    }

    private String challenge() {
        Payload answer = assertInstanceOf(
                        Reply.Answer.class,
                        ask("challenge", CODEC.encode(new ChallengeRequest(Optional.of(DEPLOYMENT)))))
                .payload();
        return ((Decoded.Value<Challenge>) CODEC.challenge(answer)).value().nonce();
    }

    private static Payload document(String nonce) {
        return CODEC.encode(new ChallengedRequest(
                nonce,
                new ExecRequest(
                        DEPLOYMENT, Optional.empty(), Arguments.of("true"), Octets.none(), Duration.ofSeconds(5))));
    }

    private Payload signed(String name, String node, DeploymentName deployment, String verb, String nonce) {
        return signatures(name)
                .sign(
                        new Place(
                                new BucketName("node-commands"),
                                Key.of(node, deployment.value(), verb, nonce),
                                new Author.Operator(NodeId.of(node), deployment)),
                        document(nonce),
                        Optional::empty);
    }

    private void assertRefused(String why, Payload question) {
        ExecReply.Refused refused = assertInstanceOf(ExecReply.Refused.class, exec(question), why);
        assertTrue(refused.cause().what().contains(why), refused.cause()::toString);
    }

    private ExecReply exec(Payload question) {
        Payload answer =
                assertInstanceOf(Reply.Answer.class, ask("exec", question)).payload();
        return ((Decoded.Value<ExecReply>) CODEC.execReply(answer)).value();
    }

    @Test
    void whatNoOperatorSignedForThatNodeAndThatMomentIsNotDone() throws Exception {
        done(as("ada", "audit"));
        start();
        String nonce = challenge();

        assertRefused("it is not signed", document(nonce));
        assertRefused("is not believed in that", signed("n1", "n1", DEPLOYMENT, "exec", nonce));
        assertRefused("the signature is not that of 'ada'", signed("ada", "n2", DEPLOYMENT, "exec", nonce));
        assertRefused("the signature is not that of 'ada'", signed("ada", "n1", DeploymentName.of("x"), "exec", nonce));
        assertRefused("the signature is not that of 'ada'", signed("ada", "n1", DEPLOYMENT, "logs", nonce));
        assertRefused("its challenge is not one", signed("ada", "n1", DEPLOYMENT, "exec", "0".repeat(32)));

        Payload once = signed("ada", "n1", DEPLOYMENT, "exec", nonce);
        assertInstanceOf(ExecReply.Exited.class, exec(once));
        assertRefused("its challenge is not one", once);

        String late = challenge();
        passed.addAndGet(Duration.ofSeconds(61).toNanos());
        assertRefused("its challenge is not one", signed("ada", "n1", DEPLOYMENT, "exec", late));

        // A login that was over before that was deployed signs nothing new, however far its owner's clock is set back.
        String back = challenge();
        Payload backDated = new LoginSignatures(
                        login("ada"), InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")))
                .sign(
                        new Place(
                                new BucketName("node-commands"),
                                Key.of("n1", DEPLOYMENT.value(), "exec", back),
                                new Author.Operator(NODE, DEPLOYMENT)),
                        document(back),
                        Optional::empty);
        assertRefused("it was signed as of 2026-01-01T00:00:00Z", backDated);
        assertEquals(2, done(as("ada", "audit")).out().lines().count(), "one was done");
    }

    @Test
    void whatCannotBeKeptIsNotDone() throws Exception {
        // All buckets but that of the records, as in a mesh of before.
        Stream.of(
                        "desired-state",
                        "node-deployments",
                        "node-info",
                        "node-hardware",
                        "node-logins",
                        "sealed-secrets",
                        "node-state",
                        "endpoints",
                        "node-heartbeat",
                        "rollouts",
                        "rollout-changes",
                        "leases")
                .forEach(name -> ada.ensureBucket(new BucketName(name), 1));
        start();

        assertRefused("it cannot be kept who asked for what", signed("ada", "n1", DEPLOYMENT, "exec", challenge()));

        // Any command of an operator makes it.
        done(as("ada", "exec", "--", "true"));
    }
}
