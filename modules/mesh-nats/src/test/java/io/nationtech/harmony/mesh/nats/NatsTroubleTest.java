package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.PayloadTooLargeException;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatsTroubleTest {
    private static final BucketName BUCKET = new BucketName("trouble");
    private static final Key A = Key.of("a");

    private static NatsOptions options(String url) {
        return NatsOptions.of(NatsAddress.parse(url), "test").resyncingEvery(Duration.ofHours(1));
    }

    private static Cause whyNot(String url) {
        return assertThrows(
                        MeshUnavailableException.class,
                        () -> NatsMesh.connect(options(url)).close())
                .why();
    }

    @Test
    void serversAreThoseThatWereNamedAndThoseThatTheseTellOf() throws IOException {
        List<Integer> routes =
                List.of(FreePort.at(InetAddress.getLoopbackAddress()), FreePort.at(InetAddress.getLoopbackAddress()));
        try (NatsServer first = NatsServer.start(NatsServer.NEWEST, clustered(routes, 0));
                NatsServer _ = NatsServer.start(NatsServer.NEWEST, clustered(routes, 1));
                NatsMesh mesh = NatsMesh.connectInBackground(options(first.url()))) {
            Eventually.holds(
                    "the other is known",
                    () -> Set.copyOf(mesh.servers())
                            .equals(Set.of(
                                    NatsAddress.parse(first.url()),
                                    NatsAddress.parse("nats://192.0.2.70:4222"),
                                    NatsAddress.parse("nats://192.0.2.71:4222"))));
        }
    }

    private static String clustered(List<Integer> routes, int number) {
        return """
                server_name: s%1$d
                client_advertise: "192.0.2.7%1$d:4222"
                cluster { name: c, listen: "127.0.0.1:%2$d", routes: ["nats://127.0.0.1:%3$d"] }
                """.formatted(number, routes.get(number), routes.get(1 - number));
    }

    @Test
    void whenTheServerWasKilledTheMeshReconnectsAndNothingIsLost() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (NatsServer server = NatsServer.start();
                Mesh mesh = NatsMesh.connect(options(server.url()))) {
            mesh.ensureBucket(BUCKET, 1);
            Bucket bucket = mesh.bucket(BUCKET);
            bucket.watch(KeyPattern.all(), change -> note(change, heard));
            mesh.respond(Subject.of("echo"), question -> question);
            bucket.put(A, Payload.of("before"));
            Eventually.holds("the first value is heard", () -> heard.equals(List.of("before")));

            server.kill();
            Eventually.holds("the loss shows", () -> mesh.status() == Mesh.Status.DISCONNECTED);
            server.restart();
            Eventually.holds("the mesh is back", () -> mesh.status() == Mesh.Status.CONNECTED);

            assertEquals("before", bucket.get(A).orElseThrow().value().text());
            bucket.put(A, Payload.of("after"));
            Eventually.holds("the second value is heard once", () -> heard.equals(List.of("before", "after")));
            assertEquals(
                    new Reply.Answer(Payload.of("hi")),
                    mesh.request(Subject.of("echo"), Payload.of("hi"), Duration.ofSeconds(5)));
        }
    }

    @Test
    void aMeshThatComesLaterIsReachedInTheBackground() {
        try (NatsServer server = NatsServer.start()) {
            server.kill();
            try (Mesh mesh = NatsMesh.connectInBackground(options(server.url()))) {
                assertEquals(Mesh.Status.DISCONNECTED, mesh.status());
                assertThrows(
                        MeshUnavailableException.class,
                        () -> mesh.bucket(BUCKET).get(A));

                server.restart();

                Eventually.holds("the mesh is there", () -> mesh.status() == Mesh.Status.CONNECTED);
            }
        }
    }

    @Test
    void aMeshWhoseDataWasWipedIsHeardAfresh() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (NatsServer first = NatsServer.start();
                NatsServer second = NatsServer.start();
                Cable cable = new Cable(first.url());
                Mesh mesh = NatsMesh.connect(options(cable.url()))) {
            mesh.ensureBucket(BUCKET, 1);
            Bucket bucket = mesh.bucket(BUCKET);
            for (int i = 0; i < 10; i++) {
                bucket.put(A, Payload.of("old"));
            }
            List<String> heardByName = new CopyOnWriteArrayList<>();
            try (Subscription _ = bucket.watch(KeyPattern.all(), change -> note(change, heard));
                    Subscription _ =
                            bucket.watchKeys(KeyPattern.all(), () -> Set.of(A), change -> note(change, heardByName))) {
                Eventually.holds("the old value is heard", () -> heard.contains("old"));
                Eventually.holds("the old value is heard by name", () -> heardByName.contains("old"));
                long _ = takePlace(first, second, cable);

                Eventually.holds("the new value, of a lower revision, is heard: " + heard, () -> heard.contains("new"));
                Eventually.holds("it is heard by name: " + heardByName, () -> heardByName.contains("new"));
            }
        }
    }

    /** Another server, with nothing in it but a new value, whose revision is returned. */
    private static long takePlace(NatsServer first, NatsServer second, Cable cable) {
        first.kill();
        try (Mesh direct = NatsMesh.connect(options(second.url()))) {
            direct.ensureBucket(BUCKET, 1);
            long revision = direct.bucket(BUCKET).put(A, Payload.of("new"));
            cable.leadTo(second.url());
            return revision;
        }
    }

    /** As when a server lost its newest message with its disk, and another was written in its place. */
    @Test
    void anotherValueUnderTheSameRevisionIsHeardByName() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (NatsServer first = NatsServer.start();
                NatsServer second = NatsServer.start();
                Cable cable = new Cable(first.url());
                Mesh mesh = NatsMesh.connect(options(cable.url()))) {
            mesh.ensureBucket(BUCKET, 1);
            long before = mesh.bucket(BUCKET).put(A, Payload.of("old"));
            try (Subscription _ =
                    mesh.bucket(BUCKET).watchKeys(KeyPattern.all(), () -> Set.of(A), change -> note(change, heard))) {
                Eventually.holds("the old value is heard", () -> heard.contains("old"));
                assertEquals(before, takePlace(first, second, cable));

                Eventually.holds("the new value is heard: " + heard, () -> heard.contains("new"));
            }
        }
    }

    private static void note(Change change, List<String> heard) {
        if (change instanceof Change.Put put) {
            heard.add(put.entry().value().text());
        }
    }

    @Test
    void anAddressWhereNothingListensIsNamed() throws IOException {
        int port = FreePort.at(InetAddress.getLoopbackAddress());

        Cause cause = whyNot("nats://127.0.0.1:" + port);

        assertTrue(cause.what().startsWith("no mesh answers"), cause::toString);
        assertEquals("nats://127.0.0.1:" + port, cause.where());
        assertTrue(cause.next().contains("nats-server -js"), cause::toString);
    }

    @Test
    void aPortWhereSomethingElseListensIsToldApart() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Cause cause = whyNot("nats://127.0.0.1:" + silent.getLocalPort());

            assertTrue(cause.what().startsWith("something accepts the connection and says nothing"), cause::toString);
        }
    }

    @Test
    void aServerWithoutJetStreamIsToldApart() {
        try (NatsServer server = NatsServer.startWithoutJetStream()) {
            assertTrue(whyNot(server.url()).what().contains("JetStream is off"));
        }
    }

    @Test
    void whatTheServerForbidsIsSaid() {
        String users = """
                authorization { users: [ { user: node, password: x, permissions: {
                  publish: { deny: ["$KV.trouble.>"] } } } ] }
                """;
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, users);
                Mesh mesh = NatsMesh.connect(options(server.url().replace("//", "//node:x@")))) {
            mesh.ensureBucket(BUCKET, 1);

            Cause cause = assertThrows(
                            MeshUnavailableException.class,
                            () -> mesh.bucket(BUCKET).put(A, Payload.of("1")))
                    .why();

            assertTrue(cause.what().contains("refused"), cause::toString);
            assertTrue(cause.what().contains("$KV.trouble.a"), cause::toString);
        }
    }

    @Test
    void whatIsLargerThanTheServerTakesIsNamedBeforeItIsSent() {
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, "max_payload: 4096");
                Mesh mesh = NatsMesh.connect(options(server.url()))) {
            mesh.ensureBucket(BUCKET, 1);
            Bucket bucket = mesh.bucket(BUCKET);
            assertEquals(4096, mesh.largestMessage());
            long first = bucket.put(A, payload(4096));

            Cause cause = assertThrows(PayloadTooLargeException.class, () -> bucket.update(A, payload(4096), first))
                    .why();

            assertEquals(
                    "key 'a' of bucket 'trouble' has 4147 bytes, and the server takes 4096 at most in one message",
                    cause.what());
            assertTrue(cause.next().contains("`max_payload: 4147`"), cause::toString);
            assertEquals(Mesh.Status.CONNECTED, mesh.status());
            assertEquals(first, bucket.get(A).orElseThrow().revision());
        }
    }

    @Test
    void aServerThatTakesLessSinceItsConfigurationWasReadAnewIsNamedToo() {
        try (NatsServer server = NatsServer.start();
                Mesh mesh = NatsMesh.connect(options(server.url()))) {
            mesh.ensureBucket(BUCKET, 1);
            Bucket bucket = mesh.bucket(BUCKET);
            server.reloadWith("max_payload: 4096");

            Eventually.holds("the server's new limit is named", () -> {
                Cause why = assertThrows(MeshUnavailableException.class, () -> bucket.put(A, payload(5000)))
                        .why();
                return why.what()
                        .equals(
                                "key 'a' of bucket 'trouble' has 5000 bytes, and the server takes 4096 at most in one message");
            });
            bucket.put(A, payload(4096));
        }
    }

    private static Payload payload(int size) {
        return Payload.of(new byte[size]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://host:1", "nats://", "nats://ho st", "nats://host:1/path", "nats://:4222"})
    void whatIsNoAddressIsRefused(String text) {
        assertThrows(InvalidValueException.class, () -> NatsAddress.parse(text));
    }

    @Test
    void anAddressHasNatsOwnPortUnlessItNamesAnotherAndNeverShowsAPassword() {
        assertEquals("nats://host:4222", NatsAddress.parse("host").toString());
        assertEquals(
                "tls://host:1", NatsAddress.parse("tls://user:secret@host:1").toString());
    }
}
