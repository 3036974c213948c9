package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static io.nationtech.harmony.agent.Programs.fetch;
import static io.nationtech.harmony.agent.Programs.podman;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.DesiredStates;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.fleet.SignedForm;
import io.nationtech.harmony.form.Sha256;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FolderTree;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.age.AgeSealing;
import io.nationtech.harmony.secrets.contract.Leak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way of a secret, every part a process of its own: typed into the command line, kept, sealed, sent over a real mesh with TLS and
 * logins, where each may do what its role says, opened by two agents and read by real containers, from a file and from a variable. Then every byte that this wrote is searched for the value.
 * It may stand in the folder in memory out of which podman shows it to the containers, and in the environment of their own processes.
 */
class SecretsEndToEndTest {
    private static final DeploymentName VAULT = DeploymentName.of("vault");
    private static final SecretRef PASSWORD = SecretRef.of("db-password");

    @TempDir
    private Path folder;

    private final String first = "first-" + UUID.randomUUID();
    private final String second = "second-" + UUID.randomUUID();
    private final String token = "token-" + UUID.randomUUID();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<Integer, RunningAgent> agents = new HashMap<>();
    private final List<RunningAgent> all = new ArrayList<>();
    private MeshFiles mesh;
    private Site site;
    private CommandLineProcess harmony;

    @BeforeEach
    void begin() throws Exception {
        Path person = folder.resolve("person");
        mesh = MeshFiles.create(new CommandLineProcess(person, "none"), folder.resolve("mesh"));
        Path operator = mesh.login("operator", "ada");
        site = new Site(mesh.server(), mesh.access(operator));
        harmony = new CommandLineProcess(person, site.url(), mesh.settings(operator));
        nodes().forEach(node -> mesh.login("node", node.value()));
        Vault.makeImage(folder.resolve("image"));
        noteEveryPodman();
        for (int number = 1; number <= 2; number++) {
            start(number);
        }
        for (RunningAgent agent : all) {
            agent.await("Registered");
        }
    }

    @AfterEach
    void end() {
        all.forEach(RunningAgent::close);
        nodes().forEach(node -> podman("rm", "--force", "--ignore", "--time", "0", container(node)));
        nodes().forEach(node -> delete(memory(node)));
        podman("rmi", "--force", "localhost/harmony-agent-vault:1");
        site.close();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aSecretReachesItsContainersAndNoByteElsewhere() throws Exception {
        Path jar = Vault.module(folder.resolve("one"), first);
        CommandLineProcess.Said missing = assertSaid(1, harmony.run("plan", jar.toString()));
        assertTrue(missing.err().contains("api-token, db-password"), missing::toString);
        assertTrue(
                missing.err().contains("harmony secret set api-token; harmony secret set db-password"),
                missing::toString);

        assertSaid(0, harmony.given(first + "\n", "secret", "set", "db-password"));
        assertSaid(0, harmony.given(token, "secret", "set", "api-token"));
        Path plan = folder.resolve("plan.json");
        CommandLineProcess.Said planned = assertSaid(0, harmony.run("plan", jar.toString(), "--save", plan.toString()));
        assertTrue(planned.out().matches("(?s).*secret:db-password, version [0-9]+.*"), planned::toString);
        assertSaid(0, harmony.run("apply", plan.toString()));
        assertShown(first);
        Payload before = told(node(1));
        searchProcesses();

        assertSaid(0, harmony.given(second, "secret", "set", "db-password"));
        CommandLineProcess.Said rotation = assertSaid(0, harmony.run("plan", jar.toString()));
        assertTrue(
                rotation.out().matches("(?s).*security\\.secrets\\[0]\\.version +[0-9]+ → [0-9]+.*"),
                rotation::toString);
        Path jarOfSecond = Vault.module(folder.resolve("two"), second);
        assertSaid(0, harmony.run("deploy", jarOfSecond.toString()));
        assertShown(second);
        assertSaid(0, harmony.run("plan", jarOfSecond.toString(), "--exit-code"));

        followNothingThatNoOperatorSaid(before);
        followWhatIsSaidAfterAWordOfTheFutureWasLost(before, jarOfSecond);
        sealForNoKeyButTheNodesOwn(jarOfSecond);
        handOverNothingThatNoOperatorSealed(jarOfSecond);
        comeBackWithoutMesh();
        searchProcesses();
        searchFiles();

        site.server().restart();
        start(2);
        site.awaitAnswer(node(1));
        site.awaitAnswer(node(2));
        assertSaid(0, harmony.run("withdraw", "vault"));
        assertNothingLeft();
        searchFiles();
        comeBackAfterRevocation();
    }

    /** Whoever holds a server, or may write as an operator, and cannot sign as one. */
    private void followNothingThatNoOperatorSaid(Payload before) throws Exception {
        Payload now = told(node(1));
        tell(node(1), SignedForm.documentOf(now));
        awaitFailed("it is not signed");
        CommandLineProcess.Said status = harmony.run("status", "vault");
        assertTrue(status.out().contains("it is not signed"), status::toString);
        tell(node(1), told(node(2)));
        awaitFailed("it was changed, or belongs elsewhere");

        tell(node(1), before);
        awaitFailed("it was put back, or is one of two");
        agents.get(1).kill();
        start(1);
        site.awaitAnswer(node(1));
        awaitFailed("it was put back, or is one of two");
        assertShown(second);

        tell(node(1), now);
        Eventually.holds("it follows again", () -> said() instanceof Convergence.Converged);
    }

    /** It was signed by a clock that was ahead; what the server has instead is older. */
    private void followWhatIsSaidAfterAWordOfTheFutureWasLost(Payload before, Path jar) throws Exception {
        Instant future = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        DesiredStates ahead =
                site.fleet(mesh.folder().resolve("ada.creds"), () -> future).desiredStates();
        DesiredStateUpdate there = ahead.of(node(1), VAULT).orElseThrow();
        DesiredState same = ahead.of(node(1)).get(VAULT);
        assertInstanceOf(Written.At.class, ahead.tell(same, Optional.of(there.revision())));
        Eventually.holds(
                "the node refuses what is older",
                () -> site.fleet()
                        .nodeReports()
                        .state(node(1), VAULT)
                        .orElseThrow()
                        .notBefore()
                        .equals(Optional.of(future)));

        tell(node(1), before);
        awaitFailed("it was put back, or is one of two");

        assertSaid(0, harmony.run("deploy", jar.toString()));
        assertShown(second);
    }

    /** A key that somebody else put in the place of a node's gets nothing, whoever signed that. */
    private void sealForNoKeyButTheNodesOwn(Path jar) {
        Key key = Key.of(node(1).value());
        Payload own = site.bucket("node-info").get(key).orElseThrow().value();
        NodeInfo info = site.fleet().reading(node(1)).orElseThrow().status().info();
        NodeInfo others = info.with(site.fleet()
                .reading(node(2))
                .orElseThrow()
                .status()
                .info()
                .agent()
                .key());
        SealedForNode before =
                site.fleet().sealedSecrets().get(node(1), VAULT, PASSWORD).orElseThrow();
        assertSaid(0, harmony.given(first, "secret", "set", "db-password"));

        for (Fleet fleet : List.of(site.fleet(), site.fleet(mesh.folder().resolve("ada.creds")))) {
            fleet.nodeReports().register(others);
            CommandLineProcess.Said refused = assertSaid(1, harmony.run("deploy", jar.toString()));
            assertTrue(refused.err().contains("it is not known whether its key is its own"), refused::toString);
            assertEquals(Optional.of(before), site.fleet().sealedSecrets().get(node(1), VAULT, PASSWORD));
        }

        site.bucket("node-info").put(key, own);
        assertSaid(0, harmony.given(second, "secret", "set", "db-password"));
        assertSaid(0, harmony.run("deploy", jar.toString()));
    }

    /** The key to seal for is public; the node has lost what it had on its disk, and asks the mesh. */
    private void handOverNothingThatNoOperatorSealed(Path jar) throws Exception {
        Bucket bucket = site.bucket("sealed-secrets");
        Key key = Key.of(node(1).value(), VAULT.value(), PASSWORD.name());
        Payload own = bucket.get(key).orElseThrow().value();
        Payload others = bucket.get(Key.of(node(2).value(), VAULT.value(), PASSWORD.name()))
                .orElseThrow()
                .value();
        SealedForNode sealed =
                site.fleet().sealedSecrets().get(node(1), VAULT, PASSWORD).orElseThrow();
        SealedForNode forged;
        try (Secret secret = Secret.takeFrom("of the attacker".toCharArray())) {
            forged = new SealedForNode(
                    node(1),
                    VAULT,
                    sealed.secret(),
                    sealed.key(),
                    new AgeSealing()
                            .seal(
                                    PASSWORD,
                                    new SecretLookup.Held(
                                            secret, sealed.secret().version()),
                                    RecipientKey.of(sealed.key().value())));
        }
        site.fleet().sealedSecrets().put(forged);
        agents.get(1).kill();
        podman("rm", "--force", "--time", "0", container(node(1)));
        delete(memory(node(1)));
        delete(state(1).resolve("sealed-secrets"));
        start(1);
        site.awaitAnswer(node(1));
        awaitFailed("it is not signed");
        bucket.put(key, others);
        awaitFailed("it was changed, or belongs elsewhere");

        assertSaid(0, harmony.run("deploy", jar.toString()));
        assertShown(second);
        assertNotEquals(own, bucket.get(key).orElseThrow().value(), "it was sealed anew");
    }

    private Payload told(NodeId node) {
        return site.bucket("desired-state").get(key(node)).orElseThrow().value();
    }

    private void tell(NodeId node, Payload raw) {
        site.bucket("desired-state").put(key(node), raw);
    }

    private static Key key(NodeId node) {
        return Key.of(node.value(), VAULT.value());
    }

    private Convergence said() {
        return site.fleet().nodeReports().state(node(1), VAULT).orElseThrow().convergence();
    }

    private void awaitFailed(String why) {
        Eventually.holds(
                "the node says: " + why,
                () -> said() instanceof Convergence.Failed(Cause cause)
                        && cause.what().contains(why));
    }

    /** A node is out at once, and in again by the login that takes the place of the one that was revoked. */
    private void comeBackAfterRevocation() throws Exception {
        RunningAgent agent = agents.get(2);
        CommandLineProcess anybody = new CommandLineProcess(
                harmony.folder(),
                site.url(),
                Map.of("HARMONY_MESH_CA", harmony.access().get("HARMONY_MESH_CA")));
        assertSaid(0, anybody.run("mesh", "revoke", node(2).value()));
        agent.await("the login was revoked");
        CommandLineProcess.Said refused = assertSaid(3, anybody.run("status"));
        assertTrue(refused.err().contains("who has a login, and there is none"), refused::toString);

        mesh.login("node", node(2).value());
        site.awaitAnswer(node(2));
        site.awaitAnswer(node(1));
        assertTrue(agent.isAlive());
    }

    /** As after a power cut: no agent, no mesh, no container, and nothing in memory. */
    private void comeBackWithoutMesh() throws Exception {
        agents.values().forEach(RunningAgent::kill);
        site.server().kill();
        podman("rm", "--force", "--time", "0", container(node(1)));
        delete(memory(node(1)));

        start(1);

        assertShown(second);
    }

    private void assertNothingLeft() throws IOException {
        for (NodeId node : nodes()) {
            assertEquals(Optional.empty(), site.fleet().sealedSecrets().get(node, VAULT, PASSWORD));
            assertTrue(Files.notExists(memory(node)), "in memory");
        }
        for (int number = 1; number <= 2; number++) {
            Path kept = state(number).resolve("sealed-secrets");
            Eventually.holds("nothing sealed is left in " + kept, () -> isEmpty(kept));
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What processes show of themselves; those of podman, which soon end, are noted one by one, see below. */
    private void searchProcesses() throws IOException {
        List<Path> own = new ArrayList<>();
        for (NodeId node : nodes()) {
            Path process = Path.of(
                    "/proc",
                    podman("inspect", "--format", "{{.State.Pid}}", container(node))
                            .strip());
            own.add(processesOf(process).orElseThrow());
            assertTrue(values().stream().anyMatch(value -> Leak.of(value).isIn(read(process.resolve("environ")))));
            values().forEach(value -> Leak.of(value).absentFrom("its words", read(process.resolve("cmdline"))));
        }
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process ->
                            processesOf(process).filter(own::contains).isEmpty())
                    .flatMap(process -> Stream.of(process.resolve("cmdline"), process.resolve("environ")))
                    .forEach(file -> values().forEach(value -> Leak.of(value).absentFrom(file.toString(), read(file))));
        }
        for (NodeId node : nodes()) {
            byte[] inspected = podman("inspect", container(node)).getBytes(StandardCharsets.UTF_8);
            assertTrue(inspected.length > 1_000);
            values().forEach(value -> Leak.of(value).absentFrom("podman inspect", inspected));
        }
    }

    /** Which processes see each other: those of one container do. */
    private static Optional<Path> processesOf(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("ns/pid")));
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }

    private static byte[] read(Path ofProcess) {
        try {
            return Files.readAllBytes(ofProcess);
        } catch (IOException e) {
            return new byte[0]; // it has ended
        }
    }

    /**
     * All that persons, agents and mesh wrote, the noted command lines and environments, and all that podman keeps: its store with
     * the containers, its database, its events.
     */
    private void searchFiles() throws Exception {
        String kept = Files.readString(folder.resolve("noted"));
        assertTrue(kept.contains("--volume"), "the command lines of podman are noted");
        Files.writeString(
                folder.resolve("outputs"),
                String.join("\n", all.stream().map(RunningAgent::output).toList()));
        Path store = Path.of(podman("info", "--format", "{{.Store.GraphRoot}}").strip());
        Path running = Path.of(podman("info", "--format", "{{.Store.RunRoot}}").strip());
        List<Path> places = Stream.of(folder, site.server().folder(), store, running, Path.of("/run/libpod"))
                .filter(Files::isDirectory)
                .toList();
        assertTrue(places.size() >= 4, places::toString);
        for (Path place : places) {
            for (String value : values()) {
                Leak.of(value).absentFromFilesIn(place);
            }
        }
    }

    private List<String> values() {
        return List.of(first, second, token);
    }

    /** The value is where it may be, so a search that finds it nowhere else means something. */
    private void assertShown(String value) throws Exception {
        for (int number = 1; number <= 2; number++) {
            if (agents.get(number).isAlive()) {
                for (String path : List.of("", "variable.html")) {
                    URI page = URI.create("http://%s:%d/%s".formatted(address(number), Vault.PORT, path));
                    Eventually.holds(
                            "%s shows the hash".formatted(page),
                            () -> fetch(page).contains(Sha256.hex(value)));
                }
                assertTrue(Leak.of(value).firstFileIn(memory(node(number))).isPresent());
            }
        }
    }

    /** A podman in front of podman that notes how it was called. */
    private void noteEveryPodman() throws IOException {
        Path script = Files.createDirectories(folder.resolve("bin")).resolve("podman");
        Files.writeString(script, """
                #!/bin/sh
                { echo "$@"; env; } >>%s
                PATH=${PATH#*:} exec podman "$@"
                """.formatted(folder.resolve("noted")));
        assertTrue(script.toFile().setExecutable(true));
    }

    private void start(int number) throws IOException {
        RunningAgent agent =
                RunningAgent.onPodman(site, node(number), address(number), state(number), settings(number));
        agents.put(number, agent);
        all.add(agent);
    }

    private Map<String, String> settings(int number) {
        Map<String, String> settings = new HashMap<>(mesh.settings(mesh.folder().resolve(node(number) + ".creds")));
        settings.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        return settings;
    }

    private Path state(int number) {
        return folder.resolve("state-" + number);
    }

    private NodeId node(int number) {
        return NodeId.of("v%d-%s".formatted(number, run));
    }

    private List<NodeId> nodes() {
        return List.of(node(1), node(2));
    }

    private static String address(int number) {
        return "127.81.0." + number;
    }

    private static String container(NodeId node) {
        return "harmony-%s.vault.web".formatted(node);
    }

    private static Path memory(NodeId node) {
        return Stream.of("/run", "/dev/shm")
                .map(place -> Path.of(place, "harmony-podman-secrets", container(node)))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("/nowhere"));
    }

    private static void delete(Path folder) {
        if (Files.exists(folder)) {
            try {
                FolderTree.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
