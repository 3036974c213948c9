package io.nationtech.harmony.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.IngressRoute;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get of a real haproxy, with a client that trusts the site's authority and finds its names by a hosts file. */
class ServedTest {
    private static final int PORT = 8081;
    private static final int TRIES_IN_VAIN = 2;
    private static final URI PHOTOS = URI.create("https://photos.home.example/");

    private final Proxied site = new Proxied();
    private final List<Replica> replicas = new ArrayList<>();

    @TempDir
    private Path folder;

    private HaproxyDriver driver;
    private HttpClient client;

    @BeforeEach
    void begin() throws Exception {
        driver = site.driver(folder);
        client = trusting(site.authority.certificate());
    }

    static HttpClient trusting(X509Certificate authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("site", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    @AfterEach
    void end() throws IOException {
        client.shutdownNow();
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

    private void photos(int... nodes) {
        assertInstanceOf(
                Outcome.Changed.class, site.serve(driver, Proxied.GALLERY, Proxied.route("photos", PORT, nodes)));
    }

    private HttpResponse<String> get(URI page, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers).version(HttpClient.Version.HTTP_1_1);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void whoTrustsTheSiteGetsThePageByHttp2() throws Exception {
        start(1, "one");
        photos(1);

        HttpResponse<String> page = get(PHOTOS);

        assertEquals(200, page.statusCode(), page::body);
        assertEquals(HttpClient.Version.HTTP_2, page.version());
        assertTrue(page.body().startsWith("Welcome from one"), page::body);
        assertThrows(
                SSLHandshakeException.class,
                () -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(PHOTOS).build(), BodyHandlers.ofString()));
    }

    @Test
    void aServiceLearnsWhoAsksFromTheProxyAlone() throws Exception {
        start(1, "one");
        photos(1);

        String seen = get(
                        PHOTOS,
                        "X-Forwarded-For",
                        "203.0.113.9",
                        "X-Forwarded-Proto",
                        "http",
                        "X-Forwarded-User",
                        "admin",
                        "X_Forwarded_For",
                        "203.0.113.9",
                        "Forwarded",
                        "for=203.0.113.9",
                        "X-Real-IP",
                        "203.0.113.9",
                        "Proxy",
                        "http://203.0.113.9")
                .body();

        assertFalse(seen.contains("203.0.113.9") || seen.contains("admin"), seen);
        assertTrue(seen.contains("x-forwarded-for: 127.0.0.1"), seen);
        assertTrue(seen.contains("x-forwarded-proto: https"), seen);
        assertTrue(seen.contains("x-forwarded-host: photos.home.example"), seen);
        assertTrue(seen.contains("x-forwarded-port: 443"), seen);
    }

    @Test
    void plainHttpIsSentOnToTheSamePage() throws Exception {
        photos();

        HttpResponse<String> answer = get(URI.create("http://photos.home.example/album?year=2026"));

        assertEquals(308, answer.statusCode());
        assertEquals(
                Optional.of("https://photos.home.example/album?year=2026"),
                answer.headers().firstValue("location"));
    }

    @Test
    void aNameThatIsNobodysIsRefusedByName() throws Exception {
        photos();

        HttpResponse<String> plain = get(URI.create("http://elsewhere.example/"));
        HttpResponse<String> otherHost = get(PHOTOS, "Host", "wiki.home.example");

        assertEquals(404, plain.statusCode());
        assertTrue(plain.body().contains("elsewhere.example"), plain::body);
        assertEquals(421, otherHost.statusCode());
        assertTrue(otherHost.body().contains("wiki.home.example"), otherHost::body);
    }

    @Test
    void aConnectionForOneNameIsNotForAnother() throws Exception {
        start(1, "one");
        photos(1);
        site.serve(driver, Proxied.NOTES, Proxied.route("wiki", PORT, 1));

        HttpResponse<String> mixed = get(PHOTOS, "Host", "wiki.home.example");

        assertEquals(421, mixed.statusCode(), mixed::body);
        assertEquals(200, get(URI.create("https://wiki.home.example/")).statusCode());
    }

    @Test
    void whereNoReplicaTakesRequestsThePageSaysOfWhichService() throws Exception {
        photos(1);

        HttpResponse<String> page = get(PHOTOS);

        assertEquals(503, page.statusCode());
        assertTrue(page.body().contains("service 'photos' of deployment 'gallery'"), page::body);
    }

    @Test
    void itsStatusSaysHowManyReplicasTakeRequests() {
        start(1, "one");
        photos(1, 2);

        Eventually.holds(
                "one of two is known to be away", () -> status().equals(Optional.of("1 of 2 replicas take requests")));
        assertTrue(driver.observe(Proxied.GALLERY).getFirst().isAsWanted());
    }

    private Optional<String> status() {
        return driver.observe(Proxied.GALLERY).stream()
                .map(ResourceStatus::detail)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWebSocketIsPassedOnAndOutlivesAReload() throws Exception {
        start(1, "one");
        photos(1);
        List<String> heard = new ArrayList<>();
        CompletableFuture<Void> two = new CompletableFuture<>();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("wss://photos.home.example/live"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        heard.add(text.toString());
                        if (heard.size() == 2) {
                            two.complete(null);
                        }
                        from.request(1);
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .get(20, TimeUnit.SECONDS);

        socket.sendText("before", true).get(10, TimeUnit.SECONDS);
        site.serve(driver, Proxied.NOTES, Proxied.route("wiki", PORT, 1));
        socket.sendText("after", true).get(10, TimeUnit.SECONDS);
        two.get(20, TimeUnit.SECONDS);

        assertEquals(List.of("before", "after"), heard);
        socket.abort();
    }

    @Test
    void aReplicaThatVanishesInTheMidstOfARequestIsReplacedByAnother() throws Exception {
        Replica one = start(1, "one");
        start(2, "two");
        photos(1, 2);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        Eventually.holds("the one that never answers is asked", () -> {
            answers.add(client.sendAsync(
                    HttpRequest.newBuilder(PHOTOS.resolve("/never-by-one")).build(), BodyHandlers.ofString()));
            return one.asked().stream().anyMatch(head -> head.startsWith("GET /never-by-one"));
        });

        nft(
                "add table ip vanished; add chain ip vanished out { type filter hook output priority 0; }; "
                        + "add rule ip vanished out ip saddr 127.86.1.1 drop; add rule ip vanished out ip daddr 127.86.1.1 drop");
        try {
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertTrue(answer.get(20, TimeUnit.SECONDS).body().startsWith("Welcome from two"));
            }
        } finally {
            nft("delete table ip vanished");
        }
    }

    private static void nft(String commands) throws Exception {
        Process nft = new ProcessBuilder("nft", commands).inheritIO().start();
        assertEquals(0, nft.waitFor(), commands);
    }

    @Test
    void aStreamGoesOnOverReloadsPieceByPiece() throws Exception {
        Replica one = start(1, "one");
        photos(1);
        HttpResponse<InputStream> stream =
                client.send(HttpRequest.newBuilder(PHOTOS.resolve("/stream")).build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.US_ASCII))) {
            one.pieces.release();
            assertEquals("data: 1", lines.readLine(), "a piece comes before the next one is there");
            lines.readLine();
            site.serve(driver, Proxied.NOTES, Proxied.route("wiki", PORT, 1));
            one.pieces.release(2);
            assertEquals("data: 2", lines.readLine());
            site.serve(driver, Proxied.NOTES, Proxied.route("wiki", PORT, 1, 2));
            one.pieces.release(1);

            assertEquals(
                    List.of("data: 3", "data: 4"),
                    lines.lines().filter(line -> !line.isEmpty()).toList());
        }
    }

    @Test
    void anUploadOfAHundredMegabytesArrivesInWhole() throws Exception {
        start(1, "one");
        photos(1);
        long bytes = 100_000_000;
        byte[] block = new byte[1_000_000];

        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(PHOTOS.resolve("/upload"))
                        .POST(BodyPublishers.fromPublisher(
                                BodyPublishers.ofByteArrays(Stream.generate(() -> block)
                                        .limit(bytes / block.length)
                                        .toList()),
                                bytes))
                        .build(),
                BodyHandlers.ofString());

        assertEquals(Long.toString(bytes), answer.body());
    }

    @Test
    void aCertificateIsRenewedUnderWayWithoutADroppedRequest() throws Exception {
        Instant today = site.now;
        site.now = today.minus(Duration.ofDays(61));
        start(1, "one");
        photos(1);
        X509Certificate first = certificate();
        try (Load load = Load.on(site.authority.certificate(), PHOTOS)) {
            load.awaitMore(20);
            site.now = today;

            assertInstanceOf(
                    Outcome.Changed.class, site.serve(driver, Proxied.GALLERY, Proxied.route("photos", PORT, 1)));

            load.awaitMore(20);
            assertEquals(List.of(), load.failures());
        }
        assertNotEquals(first, certificate());
        assertEquals(new Outcome.Unchanged(), site.serve(driver, Proxied.GALLERY, Proxied.route("photos", PORT, 1)));
    }

    private X509Certificate certificate() throws Exception {
        try (HttpClient fresh = trusting(site.authority.certificate())) {
            HttpResponse<String> page =
                    fresh.send(HttpRequest.newBuilder(PHOTOS).build(), BodyHandlers.ofString());
            return (X509Certificate) page.sslSession().orElseThrow().getPeerCertificates()[0];
        }
    }

    @Test
    void twoReplicasThatAreKilledAreExchangedUnderLoadWithoutADroppedRequest() throws Exception {
        Replica one = start(1, "one");
        Replica two = start(2, "two");
        photos(1, 2);
        try (Load load = Load.on(site.authority.certificate(), PHOTOS.resolve("/work"))) {
            load.awaitMore(50);
            for (int version = 2; version <= 4; version++) {
                one.close();
                load.awaitMore(50);
                one = start(1, "one, version " + version);
                awaitBoth();
                two.close();
                load.awaitMore(50);
                two = start(2, "two, version " + version);
                awaitBoth();
            }
            System.out.printf(
                    "update under load: %d requests, %d failed%n",
                    load.requests(), load.failures().size());
            assertEquals(List.of(), load.failures());
        }
    }

    /** As a rollout does: the next is exchanged once the one before it is well, and one that refused is asked after its next check. */
    private void awaitBoth() {
        Eventually.holds("both take requests", () -> status().equals(Optional.of("2 of 2 replicas take requests")));
    }

    @Test
    void whateverIsInAPathReachesTheReplicaAsItIs() {
        String path = "/a'b$HOME\\".replace("\\", "") + "(c)*;d=~!&%23,:@+._-?q='x'";
        Replica one = start(1, "one");

        assertInstanceOf(
                Outcome.Changed.class,
                site.serve(
                        driver,
                        Proxied.GALLERY,
                        Proxied.route(HttpsUrl.of(DnsName.of("photos.home.example")), "photos", PORT, path, 1)));

        Eventually.holds(
                "a check with the whole path",
                () -> one.asked().stream().anyMatch(head -> head.startsWith("GET " + path + " HTTP/1.1\r\n")));
    }

    @Test
    void whatAnotherHasIsRefusedAndWhatServedServesOn() throws Exception {
        start(1, "one");
        photos(1);
        IngressRoute taken =
                Proxied.route(HttpsUrl.of(DnsName.of("wiki.home.example"), Port.of(8443)), "wiki", PORT, "/", 1);
        try (ServerSocket other = new ServerSocket(8443, 1, Proxied.AT.address())) {
            Cause cause = assertInstanceOf(Outcome.Failed.class, site.serve(driver, Proxied.NOTES, taken))
                    .cause();

            assertTrue(cause.what().contains("8443"), cause::toString);
            assertEquals(200, get(PHOTOS).statusCode());
            for (int again = 0; again < TRIES_IN_VAIN; again++) {
                assertInstanceOf(Outcome.Failed.class, site.serve(driver, Proxied.NOTES, taken));
            }
            assertEquals(200, get(PHOTOS).statusCode(), "however often it is tried");
            new ProxyDaemon(Path.of("/usr/sbin/haproxy"), folder).stop();
            assertInstanceOf(Outcome.Failed.class, site.serve(driver, Proxied.NOTES, taken));
            assertEquals(200, get(PHOTOS).statusCode(), "also when the proxy had ended");
            assertTrue(other.isBound());
        }
        assertInstanceOf(Outcome.Changed.class, site.serve(driver, Proxied.NOTES, taken));
        assertEquals(200, get(URI.create("https://wiki.home.example:8443/")).statusCode());
    }

    @Test
    void aNameThatAnotherDeploymentHasStaysWithIt() throws Exception {
        start(1, "one");
        IngressRoute photos = Proxied.route("photos", PORT, 1);
        site.serve(driver, Proxied.NOTES, photos);

        Cause cause = assertInstanceOf(Outcome.Failed.class, site.serve(driver, Proxied.GALLERY, photos))
                .cause();

        assertTrue(cause.what().contains("https://photos.home.example is served already for deployment 'notes'"));
        assertEquals(List.of(), driver.observe(Proxied.GALLERY));
        site.wanted.remove(new Owned(Proxied.NOTES, photos.id()));
        assertInstanceOf(Outcome.Changed.class, site.serve(driver, Proxied.GALLERY, photos));
        assertEquals(200, get(PHOTOS).statusCode());
    }

    @Test
    void whoDiedBeforeTheProxyKnewTellsItAgain() throws Exception {
        start(1, "one");
        photos();
        Path config = folder.resolve(ProxyFolder.CONFIG);
        String without = Files.readString(config);
        Path loaded = folder.resolve("loaded");
        String before = Files.readString(loaded);
        photos(1);
        String with = Files.readString(config);
        // As if the last reload had not been: written, and not known to the proxy.
        Files.writeString(config, without);
        assertEquals(Optional.empty(), new ProxyDaemon(Path.of("/usr/sbin/haproxy"), folder).reload());
        Files.writeString(config, with);
        Files.writeString(loaded, before);
        assertEquals(503, get(PHOTOS).statusCode());

        HaproxyDriver next = site.driver(folder);
        site.serve(next, Proxied.GALLERY, Proxied.route("photos", PORT, 1));

        assertEquals(200, get(PHOTOS).statusCode());
    }

    @Test
    void withoutTheAuthorityOneNameIsNotServedAndTheOthersAre() throws Exception {
        start(1, "one");
        photos(1);
        site.wanted.put(new Owned(Proxied.NOTES, Proxied.route("wiki", PORT).id()), Proxied.route("wiki", PORT, 1));

        Map<Owned, Outcome> outcomes = driver.converge(
                Map.copyOf(site.wanted), deployment -> deployment.equals(Proxied.NOTES) ? Means.NONE : site.means());

        assertEquals(
                List.of(Outcome.Failed.class),
                outcomes.entrySet().stream()
                        .filter(one -> one.getKey().deployment().equals(Proxied.NOTES))
                        .map(one -> one.getValue().getClass())
                        .toList());
        assertEquals(200, get(PHOTOS).statusCode());
    }

    @Test
    void aDomainThatTheAuthorityIsNotForIsRefusedByName() {
        Cause cause = assertInstanceOf(
                        Outcome.Failed.class,
                        site.serve(
                                driver,
                                Proxied.GALLERY,
                                Proxied.route(HttpsUrl.of(DnsName.of("photos.example.org")), "photos", PORT, "/", 1)))
                .cause();

        assertTrue(cause.what().contains("https://photos.example.org"), cause::toString);
        assertTrue(cause.next().contains("harmony ca show"), cause::toString);
    }

    @Test
    void keysAreForTheProxyAloneAndGoWithTheLastName() throws Exception {
        photos();
        Path key = folder.resolve("photos.home.example.v1.pem");
        assertEquals("r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertFalse(Files.readString(folder.resolve(ProxyFolder.CONFIG)).contains("PRIVATE KEY"));

        site.wanted.clear();
        driver.converge(Map.of(), _ -> Means.NONE);

        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
        assertThrows(ConnectException.class, () -> get(URI.create("http://photos.home.example/")));
    }
}
