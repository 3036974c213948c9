package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.contract.CapturedLog;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedConnectionTest {
    private static final BucketName BUCKET = new BucketName("refused");
    private static final Key A = Key.of("a");
    private static final String PASSWORD = "TopSecret:Pw%+1";
    private static final String ESCAPED = "TopSecret%3APw%25+1";
    private static final String USER = "somebody";

    private static String user(String password) {
        return "authorization { user: %s, password: \"%s\" }".formatted(USER, password);
    }

    private static String withUser(String url) {
        return url.replace("//", "//%s:%s@".formatted(USER, ESCAPED));
    }

    private static NatsOptions options(String url) {
        return NatsOptions.of(NatsAddress.parse(url), "test").resyncingEvery(Duration.ofHours(1));
    }

    @Test
    void aMeshThatWasRefusedForAWhileIsBackWithItsWatchesAndResponders() {
        List<String> heard = new CopyOnWriteArrayList<>();
        List<Mesh.Status> told = new CopyOnWriteArrayList<>();
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, user(PASSWORD));
                CapturedLog log = CapturedLog.of("io.nationtech.harmony");
                Mesh mesh = NatsMesh.connect(options(withUser(server.url())))) {
            mesh.ensureBucket(BUCKET, 1);
            Bucket bucket = mesh.bucket(BUCKET);
            bucket.watch(KeyPattern.all(), change -> {
                if (change instanceof Change.Put(Entry entry)) {
                    heard.add(entry.value().text());
                }
            });
            mesh.respond(Subject.of("echo"), question -> question);
            bucket.put(A, Payload.of("before"));
            Eventually.holds("the first value is heard", () -> heard.equals(List.of("before")));
            mesh.onStatus(told::add);

            server.kill();
            server.restartWith(user("another"));
            Eventually.holds(
                    "the connection is given up, and others are refused",
                    Duration.ofSeconds(60),
                    () -> log.warnings().stream().anyMatch(line -> line.contains("closed the connection"))
                            && log.warnings().stream().anyMatch(line -> line.contains("does not let us in")));
            server.kill();
            server.restartWith(user(PASSWORD));

            Eventually.holds("the mesh is back", Duration.ofSeconds(90), () -> mesh.status() == Mesh.Status.CONNECTED);
            Eventually.holds(
                    "the return is told, once",
                    () -> told.equals(List.of(Mesh.Status.DISCONNECTED, Mesh.Status.CONNECTED)));
            assertEquals("before", bucket.get(A).orElseThrow().value().text());
            bucket.put(A, Payload.of("after"));
            Eventually.holds("the second value is heard: " + heard, () -> heard.equals(List.of("before", "after")));
            Eventually.holds(
                    "the responder is back",
                    () -> mesh.request(Subject.of("echo"), Payload.of("hi"), Duration.ofSeconds(5))
                            .equals(new Reply.Answer(Payload.of("hi"))));
            assertSilentOfCredentials(log.lines());
        }
    }

    @Test
    void aMeshThatIsReachedInTheBackgroundGoesOnWhenTheServerKeepsNoDataAtFirst() {
        try (NatsServer server = NatsServer.startWithoutJetStream();
                CapturedLog log = CapturedLog.of("io.nationtech.harmony");
                Mesh mesh = NatsMesh.connectInBackground(options(server.url()))) {
            Eventually.holds(
                    "it is told", () -> log.warnings().stream().anyMatch(line -> line.contains("JetStream is off")));
            assertEquals(Mesh.Status.DISCONNECTED, mesh.status());

            server.kill();
            server.restartWith(
                    "jetstream { store_dir: \"%s\" }".formatted(server.folder().resolve("store")));

            Eventually.holds("the mesh is there", () -> mesh.status() == Mesh.Status.CONNECTED);
        }
    }

    @Test
    void noTextEverShowsCredentials() throws IOException {
        List<String> texts = new ArrayList<>();
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        try (CapturedLog log = CapturedLog.of("");
                ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                NatsServer server = NatsServer.start(NatsServer.NEWEST, user("another"))) {
            for (String url : List.of(
                    "nats://127.0.0.1:" + closedPort, "nats://127.0.0.1:" + mute.getLocalPort(), server.url())) {
                MeshUnavailableException e = assertThrows(
                        MeshUnavailableException.class,
                        () -> NatsMesh.connect(options(withUser(url))).close());
                texts.add(trace(e));
                texts.add(e.why().toString());
                NatsOptions options = options(withUser(url));
                texts.add(options.toString() + options.credentials() + options.servers());
                try (Mesh mesh = NatsMesh.connectInBackground(options)) {
                    texts.add(trace(assertThrows(
                            MeshUnavailableException.class,
                            () -> mesh.bucket(BUCKET).get(A))));
                }
            }
            texts.addAll(log.lines());
        }
        for (String wrong : List.of("nats://%s:%s@host:1/path", "http://%s:%s@host", "nats://%s:%s@ho st")) {
            texts.add(trace(assertThrows(
                    InvalidValueException.class, () -> NatsAddress.parse(wrong.formatted(USER, ESCAPED)))));
        }
        texts.add(trace(assertThrows(
                InvalidValueException.class,
                () -> NatsOptions.of(
                        List.of(
                                NatsAddress.parse(withUser("nats://a:1")),
                                NatsAddress.parse("nats://b:" + ESCAPED + "@b:1")),
                        "test"))));

        assertFalse(texts.isEmpty());
        assertSilentOfCredentials(texts);
    }

    private static String trace(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static void assertSilentOfCredentials(List<String> texts) {
        List<String> telling = texts.stream()
                .filter(text -> text.contains("TopSecret") || text.contains(USER))
                .toList();
        assertEquals(List.of(), telling);
    }

    @Test
    void aTokenLetsInToo() {
        try (NatsServer server =
                        NatsServer.start(NatsServer.NEWEST, "authorization { token: \"%s\" }".formatted(PASSWORD));
                Mesh mesh = NatsMesh.connect(options(server.url().replace("//", "//" + ESCAPED + "@")))) {
            assertEquals(Mesh.Status.CONNECTED, mesh.status());
        }
    }

    @Test
    void aFrozenServerIsToldApart() {
        try (NatsServer server = NatsServer.start()) {
            server.freeze();
            Cause cause = assertThrows(
                            MeshUnavailableException.class,
                            () -> NatsMesh.connect(options(server.url())).close())
                    .why();

            assertTrue(cause.what().contains("says nothing"), cause::toString);
            assertTrue(cause.next().contains("frozen"), cause::toString);
        }
    }

    @Test
    void aServerThatFreezesIsAwayOnceItHasNotAskedForAWhile() throws InterruptedException {
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, "ping_interval: \"1s\"");
                Mesh mesh = NatsMesh.connect(options(server.url()))) {
            // It asks whoever says nothing, twice and more until then.
            TimeUnit.SECONDS.sleep(4);
            server.freeze();

            Eventually.holds("it is away", () -> mesh.status() == Mesh.Status.DISCONNECTED);
        }
    }

    @Test
    void aServerThatFreezesWhileConnectedIsSaidToBeSilent() {
        try (NatsServer server = NatsServer.start();
                Mesh mesh = NatsMesh.connect(options(server.url()))) {
            mesh.ensureBucket(BUCKET, 1);
            server.freeze();

            for (org.junit.jupiter.api.function.Executable asked : List.<org.junit.jupiter.api.function.Executable>of(
                    () -> mesh.bucket(BUCKET).get(A),
                    () -> mesh.bucket(BUCKET).entries(KeyPattern.all()),
                    () -> mesh.bucket(BUCKET).put(A, Payload.of("1")))) {
                Cause cause =
                        assertThrows(MeshUnavailableException.class, asked).why();
                assertTrue(cause.what().contains("does not answer"), cause::toString);
            }
        }
    }

    @Test
    void aServerThatSaysNeitherYesNorNoIsToldApartFromOneThatRefuses() throws IOException {
        List<Socket> greeted = new CopyOnWriteArrayList<>();
        try (ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!slow.isClosed()) {
                    try {
                        Socket socket = slow.accept();
                        greeted.add(socket);
                        socket.getOutputStream()
                                .write("INFO {\"server_id\":\"S\",\"max_payload\":1048576,\"jetstream\":true}\r\n"
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            Cause cause = assertThrows(
                            MeshUnavailableException.class,
                            () -> NatsMesh.connect(options("nats://127.0.0.1:" + slow.getLocalPort()))
                                    .close())
                    .why();

            assertTrue(cause.what().contains("does not say in time"), cause::toString);
        } finally {
            for (Socket socket : greeted) {
                socket.close();
            }
        }
    }

    @Test
    void somethingThatIsNoNatsServerIsToldApart() throws IOException {
        try (ServerSocket http = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!http.isClosed()) {
                    try (var socket = http.accept()) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n"
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            Cause cause = assertThrows(
                            MeshUnavailableException.class,
                            () -> NatsMesh.connect(options("nats://127.0.0.1:" + http.getLocalPort()))
                                    .close())
                    .why();

            assertTrue(cause.what().startsWith("something answers, but it is no NATS server"), cause::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 1_000_000})
    void retriesAreFromOneToThirtyTwoSecondsApart(int attempts) {
        Duration pause = options("nats://host").retryPause(attempts);

        assertTrue(pause.compareTo(Duration.ofSeconds(1)) >= 0, pause::toString);
        assertTrue(pause.compareTo(Duration.ofSeconds(32)) < 0, pause::toString);
    }
}
