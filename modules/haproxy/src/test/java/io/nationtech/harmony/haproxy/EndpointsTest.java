package io.nationtech.harmony.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.endpoint.UsedEndpoints;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get of a service of another deployment, through a real haproxy, while its replicas come, move and go. */
class EndpointsTest {
    private static final int PORT = 8091;
    private static final Owned USER = new Owned(DeploymentName.of("cameras"), Household.USED.id());
    private static final Map<Owned, UsedEndpoints> WANTED = Map.of(USER, Household.USED);

    private final Household household = new Household();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<DeploymentName> changed = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private EndpointDriver driver;

    @BeforeEach
    void begin() {
        driver = started(household);
    }

    private EndpointDriver started(DeploymentEndpoints states) {
        EndpointDriver one = Household.driver(folder, states);
        one.onChange(changed::add);
        return one;
    }

    @AfterEach
    void end() throws IOException {
        driver.converge(Map.of(), _ -> Means.NONE);
        for (Replica replica : replicas) {
            replica.close();
        }
    }

    private Replica start(int node, String name) {
        Replica replica = Replica.start(name, Proxied.replica(node).address(), PORT);
        replicas.add(replica);
        return replica;
    }

    private Outcome converge() {
        return Objects.requireNonNull(driver.converge(WANTED, _ -> Means.NONE).get(USER));
    }

    /** Who answers at the endpoint's own address and port. */
    private static String answer() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            Household.BROKER.at().address(),
                            Household.BROKER.port().number()),
                    2_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith("Welcome from "))
                    .map(line -> line.substring("Welcome from ".length()))
                    .findFirst()
                    .orElse("nobody");
        } catch (IOException e) {
            return "nobody";
        }
    }

    private static void awaitAnswer(String name) {
        Eventually.holds("an answer of " + name, () -> answer().equals(name));
    }

    private ResourceStatus status() {
        return driver.observe(USER.deployment()).getFirst();
    }

    @Test
    void usersAreLedToReplicasWhereverTheseAreNow() throws IOException {
        Replica one = start(1, "one");
        assertInstanceOf(Outcome.Changed.class, converge());
        assertEquals("nobody", answer());
        assertEquals(ResourceStatus.Health.UNKNOWN, status().health());
        assertEquals(
                "no replica of broker.mosquitto:1883 is known to take connections",
                status().detail().orElseThrow());

        household.serve(PORT, 1);
        assertEquals(List.of(USER.deployment()), changed, "its user is to be looked at");
        converge();
        awaitAnswer("one");
        assertInstanceOf(Outcome.Unchanged.class, converge());

        start(2, "two");
        household.serve(PORT, 2);
        converge();
        awaitAnswer("two");
        one.close();
        assertEquals("two", answer());
        Eventually.holds("health", () -> status().health() == ResourceStatus.Health.HEALTHY);
        assertEquals(
                "1 of 1 replicas of broker.mosquitto:1883 take connections",
                status().detail().orElseThrow());
    }

    @Test
    void aConnectionOutlivesTheMoveOfAnotherReplica() throws IOException {
        Replica one = start(1, "one");
        start(2, "two");
        converge();
        household.serve(PORT, 1);
        converge();
        awaitAnswer("one");
        try (Socket socket = new Socket(
                Household.BROKER.at().address(), Household.BROKER.port().number())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET /stream HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            one.pieces.release();
            awaitText(in, "data: 1");

            household.serve(PORT, 1, 2);
            converge();
            household.serve(PORT, 2);
            converge();
            awaitAnswer("two");

            one.pieces.release(3);
            awaitText(in, "data: 4");
        }
    }

    private static void awaitText(InputStream in, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            assertTrue(next >= 0, () -> "it ended after " + read);
            read.append((char) next);
        }
    }

    @Test
    void aReplicaThatIsGoneWithoutAWordIsLeftOut() throws IOException {
        Replica one = start(1, "one");
        start(2, "two");
        converge();
        household.serve(PORT, 1, 2);
        converge();
        Eventually.holds("both", () -> status().detail().orElseThrow().startsWith("2 of 2"));

        one.close();

        for (int i = 0; i < 10; i++) {
            assertEquals("two", answer(), "a connection that cannot be made goes to the other at once");
        }
        Eventually.holds("one of two", () -> status().detail().orElseThrow().startsWith("1 of 2"));
    }

    @Test
    void whatWasKnownLastHoldsWithoutAMeshAlsoAfterARestartOfTheMachine() throws IOException {
        start(1, "one");
        converge();
        household.serve(PORT, 1);
        converge();
        awaitAnswer("one");
        driver.close();
        assertFalse(household.isHeard());
        ProxyDaemon process = new ProxyDaemon(Path.of("/usr/sbin/haproxy"), folder.resolve("run"));
        process.stop();
        Proxy.byItself(folder.resolve("run"), Path.of("/usr/sbin/haproxy"))
                .files()
                .clear();
        assertEquals("nobody", answer());

        driver = started(DeploymentEndpoints.NONE);
        converge();

        awaitAnswer("one");
    }

    @Test
    void whatIsOnDiskMayBeAnything() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Files.writeString(disk.resolve("replicas"), """
                broker mosquitto 1883 node-1 127.86.1.1 8091
                mosquitto broker 1883 node-1 127.86.1.1 99999
                mosquitto broker 1883 node-1 127.86.1.1 8091
                mosquitto broker 1883 node-1 127.86.1.1 8091 and more
                mosquitto "broker 1883 node-1 127.86.1.1 8091

                """);
        start(1, "one");
        driver = started(DeploymentEndpoints.NONE);

        converge();

        awaitAnswer("one");
        assertTrue(status().detail().orElseThrow().startsWith("1 of 1"), () -> status().toString());
    }

    @Test
    void nothingIsLeftOnceNobodyUsesAnything() throws IOException {
        converge();
        household.serve(PORT, 1);
        converge();

        driver.converge(Map.of(), _ -> Means.NONE);

        assertFalse(household.isHeard());
        assertEquals(List.of(), driver.observe(USER.deployment()));
        try (var files = Files.walk(folder)) {
            assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
        }
        assertFalse(new ProxyDaemon(Path.of("/usr/sbin/haproxy"), folder.resolve("run")).isRunning());
    }
}
