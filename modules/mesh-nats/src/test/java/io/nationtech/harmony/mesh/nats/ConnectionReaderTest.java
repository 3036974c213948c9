package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server tells of connections, where it is more than one answer, or none. */
class ConnectionReaderTest {
    /** More than two pages. */
    private static final int MANY = 4_500;

    private static NatsMesh connect(NatsServer server, String name) {
        return NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), name));
    }

    /** A client that stays, and asks for nothing. */
    private static Socket client(NatsServer server, String name) {
        URI at = URI.create(server.url());
        try {
            Socket socket = new Socket(at.getHost(), at.getPort());
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            said.readLine();
            socket.getOutputStream()
                    .write("CONNECT {\"verbose\":false,\"name\":\"%s\"}\r\nPING\r\n"
                            .formatted(name)
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals("PONG", said.readLine());
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void noneOfManyIsLeftOutWhileOthersGo(String program) throws InterruptedException {
        try (NatsServer server = NatsServer.start(program, NatsServer.ACCOUNT);
                NatsMesh mesh = connect(server, "asking")) {
            Deque<Socket> first = new ArrayDeque<>();
            Deque<Socket> others = new ArrayDeque<>();
            IntStream.range(0, MANY / 2).forEach(number -> first.add(client(server, "first-" + number)));
            Set<String> names = IntStream.range(0, MANY / 2)
                    .mapToObj(number -> "other-" + number)
                    .peek(name -> others.add(client(server, name)))
                    .collect(Collectors.toCollection(HashSet::new));
            AtomicBoolean goesOn = new AtomicBoolean(true);
            Thread leaving = Thread.ofVirtual().start(() -> {
                while (goesOn.get() && !first.isEmpty()) {
                    close(first.removeFirst());
                }
            });
            for (int times = 0; times < 5; times++) {
                Set<String> told = mesh.connections().names();
                assertTrue(
                        told.containsAll(names),
                        () -> "left out: "
                                + names.stream()
                                        .filter(name -> !told.contains(name))
                                        .limit(3)
                                        .toList());
            }
            goesOn.set(false);
            leaving.join();
            first.forEach(ConnectionReaderTest::close);
            others.forEach(ConnectionReaderTest::close);
        }
    }

    @Test
    void whereOnlyTheLastThatWentAreToldNothingIsSaidOfThoseBefore() {
        try (NatsServer server = NatsServer.start();
                NatsMesh mesh = connect(server, "asking")) {
            IntStream.range(0, 2_100).forEach(number -> close(client(server, "gone-" + number)));
            Eventually.holds("the last is gone", () -> mesh.departures().ended().containsKey("gone-2099"));

            assertTrue(!mesh.departures().ended().containsKey("gone-0"));
            Instant since = mesh.departures().since();
            assertTrue(
                    mesh.departures().ended().values().stream().noneMatch(ended -> ended.isBefore(since)),
                    since::toString);
        }
    }

    @Test
    void ofAnAccountThatEverybodyHasNothingIsKnownThatIsOver() {
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, "");
                NatsMesh mesh = connect(server, "asking")) {
            Instant before = mesh.connections().asOf();
            close(client(server, "gone"));

            assertTrue(!mesh.departures().since().isBefore(before), "not even that it was there");
        }
    }

    @Test
    void eachServerOfAClusterTellsOfItsOwn() {
        int one = FreePort.at(InetAddress.getLoopbackAddress());
        int other = FreePort.at(InetAddress.getLoopbackAddress());
        try (NatsServer first = NatsServer.start(NatsServer.NEWEST, cluster("first", one, other));
                NatsServer second = NatsServer.start(NatsServer.NEWEST, cluster("second", other, one));
                NatsMesh here = connect(first, "here");
                NatsMesh there = connect(second, "there")) {
            Eventually.holds(
                    "both are told of by the first",
                    () -> here.connections().names().containsAll(Set.of("here", "there")));
            Eventually.holds(
                    "and by the second", () -> there.connections().names().containsAll(Set.of("here", "there")));
            close(client(second, "gone"));
            Eventually.holds(
                    "who went elsewhere", () -> here.departures().ended().containsKey("gone"));
        }
    }

    private static String cluster(String name, int port, int other) {
        return NatsServer.ACCOUNT
                + "server_name: %s%ncluster { name: mesh, listen: \"127.0.0.1:%d\", routes: [\"nats://127.0.0.1:%d\"] }%n"
                        .formatted(name, port, other);
    }

    @Test
    void whoMayNotAskIsToldSoAtOnce() {
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, """
            accounts { FLEET { jetstream: enabled, users: [{ user: nobody, password: nobody, permissions: {
              publish: { deny: "$SYS.>" } } }] } }
            no_auth_user: nobody
            """);
                NatsMesh mesh = connect(server, "asking")) {
            MeshUnavailableException refused = assertThrows(MeshUnavailableException.class, mesh::connections);
            assertTrue(refused.why().what().contains("refused to tell who is connected"), refused.why()::toString);
        }
    }
}
