package io.nationtech.harmony.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.spi.SmokeTestSecrets;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.ingress.Credentials;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.IngressRoute;
import io.nationtech.harmony.ingress.LoginName;
import io.nationtech.harmony.ingress.LoginSmokeTest;
import io.nationtech.harmony.ingress.LoginSmokeTestRunner;
import io.nationtech.harmony.ingress.OpenPath;
import io.nationtech.harmony.ingress.SiteAuthority;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may enter a guarded name, of a real haproxy. */
class GuardedTest {
    private static final int PORT = 8086;
    private static final URI PHOTOS = URI.create("https://photos.home.example/");
    private static final SecretRef USERS = SecretRef.of("photos-users");

    /** All have the password "secret", as mkpasswd and htpasswd hash it. */
    private static final String ADA =
            "ada:$6$saltsaltsalt$PMWE8DTlam1JU37Piyk43bHcMxTJq6sgu5DKB0/tGPjanN35jcY68QkpDfPFUGPWX5uCxIQkSPzMmqEiVNgts.\n";

    private static final String BEN = "ben@home.example:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";
    private static final String CLEO =
            "cleo:$y$j9T$F5Jx5fExrKuPp53xLKQ..1$GmcwIgvdUC9qLWcKCi6gklUa1dM3ziD43YxYNURLKy0\n";

    private static final String DORA = "dora:$5$saltsaltsalt$TihBZCRsJxAxHgKub.mCOdu9X7QLi980jJxe7T2aZg7\n";
    private static final String ELI = "eli:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";

    private final Proxied site = new Proxied();

    @TempDir
    private Path folder;

    private HaproxyDriver driver;
    private HttpClient client;
    private Replica replica;

    @BeforeEach
    void begin() throws Exception {
        driver = site.driver(folder);
        client = ServedTest.trusting(site.authority.certificate());
        replica = Replica.start("one", Proxied.replica(1).address(), PORT);
    }

    @AfterEach
    void end() throws IOException {
        client.shutdownNow();
        driver.converge(Map.of(), _ -> Means.NONE);
        replica.close();
    }

    private static IngressRoute guarded(long version, Credentials credentials, String... open) {
        return Proxied.route("photos", PORT, 1)
                .guardedBy(new IngressRoute.Guard(
                        new MountedSecret(USERS, version),
                        credentials,
                        Stream.of(open)
                                .map(path -> new OpenPath(HttpPath.of(path), Reason.of("others call it")))
                                .toList()));
    }

    private Outcome serve(String users, long version, String... open) {
        site.secrets.put(USERS, users);
        return site.serve(driver, Proxied.GALLERY, guarded(version, Credentials.REMOVED, open));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://photos.home.example" + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private int as(String user, String password) throws Exception {
        return get("/", "Authorization", basic(user, password)).statusCode();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoIsNobodyIsAskedAndWhoIsKnownEnters() throws Exception {
        assertInstanceOf(Outcome.Changed.class, serve(ADA + BEN + CLEO + DORA + ELI, 1));

        HttpResponse<String> stranger = get("/");

        assertEquals(401, stranger.statusCode());
        assertEquals(
                Optional.of("Basic realm=\"photos.home.example\""),
                stranger.headers().firstValue("www-authenticate"));
        assertEquals(
                List.of(),
                replica.asked().stream()
                        .filter(head -> head.startsWith("GET / "))
                        .toList());
        for (String user : List.of("ada", "ben@home.example", "cleo", "dora", "eli")) {
            assertEquals(200, as(user, "secret"), user);
            assertEquals(401, as(user, "Secret"), user);
        }
        assertEquals(401, as("frank", "secret"));
        assertEquals(401, get("/", "Authorization", "Bearer secret").statusCode());
        assertEquals(new Outcome.Unchanged(), serve(ADA + BEN + CLEO + DORA + ELI, 1));
    }

    @Test
    void aServiceLearnsWhoItIsAndNotThePassword() throws Exception {
        serve(ADA, 1);

        String seen = get(
                        "/",
                        "Authorization",
                        basic("ada", "secret"),
                        "Remote-User",
                        "admin",
                        "X-Forwarded-User",
                        "admin",
                        "Remote_User",
                        "admin")
                .body();

        assertTrue(seen.contains("\r\nremote-user: ada\r\n"), seen);
        assertTrue(seen.contains("\r\nx-forwarded-user: ada\r\n"), seen);
        assertFalse(seen.contains("authorization") || seen.contains("admin"), seen);
    }

    @Test
    void whoSaysSoHasThePasswordPassedOn() throws Exception {
        site.secrets.put(USERS, ADA);
        site.serve(driver, Proxied.GALLERY, guarded(1, Credentials.PASSED_ON));

        String seen = get("/", "Authorization", basic("ada", "secret")).body();

        assertTrue(seen.contains("authorization: " + basic("ada", "secret")), seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Remote-User",
                "Remote_User",
                "REMOTE-GROUPS",
                "X-Forwarded-User",
                "X-Forwarded-Groups",
                "X-Remote-User",
                "X-Auth-Request-User",
                "X_Auth_Request_User",
                "X-WEBAUTH-USER"
            })
    void nobodyForgesWhoTheyAreWhereNobodyIsAsked(String header) throws Exception {
        site.serve(driver, Proxied.GALLERY, Proxied.route("photos", PORT, 1));

        HttpResponse<String> seen = get("/", header, "forged");

        assertEquals(200, seen.statusCode());
        assertFalse(seen.body().contains("forged"), seen::body);
    }

    @Test
    void whoIsTakenOutIsAskedAgainAndTheOthersStay() throws Exception {
        serve(ADA + BEN, 1);
        assertEquals(200, as("ada", "secret"));

        assertInstanceOf(Outcome.Changed.class, serve(BEN, 2));

        assertEquals(401, as("ada", "secret"));
        assertEquals(200, as("ben@home.example", "secret"));
    }

    @Test
    void anOpenPathAsksNobodyAndKeepsWhatTheServiceAsksFor() throws Exception {
        serve(ADA, 1, "/api/hook");

        assertEquals(200, get("/api/hook").statusCode());
        assertEquals(200, get("/api/hook?of=shop").statusCode());
        assertEquals(200, get("/api/hook/v1/paid.json").statusCode());
        String seen = get("/api/hook", "Authorization", "Bearer of-the-shop", "Remote-User", "ada")
                .body();
        assertTrue(seen.contains("authorization: Bearer of-the-shop"), seen);
        assertFalse(seen.contains("remote-user"), seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/hooks",
                "/API/HOOK",
                "/api/hook/../admin",
                "/api/hook/%2e%2e/admin",
                "/api/hook%2f..%2fadmin",
                "/api/hook/..;/admin",
                "/api/hook//admin",
                "/api/hook/./admin",
                "//api/hook",
                "/admin?/api/hook",
                "/admin;/api/hook"
            })
    void whatCouldBeAnotherPathIsNotOpen(String path) throws Exception {
        serve(ADA, 1, "/api/hook");

        assertEquals(401, get(path).statusCode());
    }

    @Test
    void aWebSocketIsForWhoLogsIn() throws Exception {
        serve(ADA, 1);
        URI live = URI.create("wss://photos.home.example/live");
        CompletableFuture<String> heard = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                heard.complete(text.toString());
                return CompletableFuture.completedFuture(null);
            }
        };

        WebSocket socket = client.newWebSocketBuilder()
                .header("Authorization", basic("ada", "secret"))
                .buildAsync(live, listener)
                .get(20, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(10, TimeUnit.SECONDS);

        assertEquals("hello", heard.get(20, TimeUnit.SECONDS));
        socket.abort();
        assertThrows(
                ExecutionException.class,
                () -> client.newWebSocketBuilder().buildAsync(live, listener).get(20, TimeUnit.SECONDS));
    }

    @Test
    void aSecretThatSaysNotWhoMayEnterChangesNothing() throws Exception {
        serve(ADA, 1);

        Cause cause = assertInstanceOf(Outcome.Failed.class, serve(BEN + "cleo:$apr1$abcd$Zm9vYmFy\n", 2))
                .cause();

        assertTrue(cause.what().contains("user 'cleo', line 2, is hashed by MD5"), cause::toString);
        assertTrue(cause.where().contains("'photos-users', version 2"), cause::toString);
        assertFalse(cause.toString().contains("Zm9vYmFy"), cause::toString);
        assertEquals(200, as("ada", "secret"), "who could log in before still can");
        assertEquals(401, as("ben@home.example", "secret"));
        assertEquals(401, get("/").statusCode());
        assertInstanceOf(Outcome.Changed.class, serve(BEN, 3));
        assertEquals(200, as("ben@home.example", "secret"));
    }

    @Test
    void aNameIsNeverOpenForWantOfUsers() throws Exception {
        site.serve(driver, Proxied.GALLERY, Proxied.route("photos", PORT, 1));
        assertEquals(200, get("/").statusCode());

        assertInstanceOf(Outcome.Failed.class, serve("ada:secret\n", 1));

        assertThrows(IOException.class, () -> get("/"));
    }

    @Test
    void usersOfAnotherSecretAreNotTakenForThem() throws Exception {
        serve(ADA, 1);
        SecretRef others = SecretRef.of("photos-admins");
        site.secrets.put(others, "");

        IngressRoute.Guard guard = new IngressRoute.Guard(new MountedSecret(others, 1), Credentials.REMOVED, List.of());
        assertInstanceOf(
                Outcome.Failed.class,
                site.serve(
                        driver,
                        Proxied.GALLERY,
                        Proxied.route("photos", PORT, 1).guardedBy(guard)));

        assertThrows(IOException.class, () -> as("ada", "secret"));
    }

    @Test
    void hashesAreForTheProxyAloneAndGoWithTheName() throws Exception {
        site.serve(driver, Proxied.NOTES, Proxied.route("wiki", PORT, 1));
        serve(ADA, 1);
        Path users = folder.resolve("gallery.photos.users");
        for (Path file : List.of(users, folder.resolve(ProxyFolder.CONFIG))) {
            assertTrue(Files.readString(file).contains("$6$"), file::toString);
            assertEquals("r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertFalse(driver.observe(Proxied.GALLERY).toString().contains("$6$"));

        site.serve(driver, Proxied.GALLERY, Proxied.route("photos", PORT, 1));

        assertFalse(Files.exists(users));
        assertFalse(Files.readString(folder.resolve(ProxyFolder.CONFIG)).contains("$6$"));
    }

    @Test
    void theSmokeTestEntersAsAUserAndProvesThatNobodyElseDoes() {
        serve(ADA, 1, "/open");
        HttpsUrl url = HttpsUrl.of(DnsName.of("photos.home.example"));
        LoginSmokeTest refused = new LoginSmokeTest(
                ServiceName.of("photos"), url, HttpPath.of("/"), Optional.empty(), Duration.ofMinutes(1));
        LoginSmokeTest open = new LoginSmokeTest(
                ServiceName.of("photos"), url, HttpPath.of("/open"), Optional.empty(), Duration.ofMinutes(1));
        LoginSmokeTest enters = refused.enters(LoginName.of("ada"), SecretRef.of("smoke"), "Welcome from one");
        Eventually.holds("a replica takes requests", () -> ask(enters, "secret").isEmpty());

        assertEquals(Optional.empty(), ask(refused, "secret"));
        assertTrue(ask(open, "secret").orElseThrow().what().contains("nobody is asked for a login"));
        Cause wrong = ask(enters, "hunter2").orElseThrow();
        assertTrue(wrong.what().contains("user 'ada' does not enter with the password in secret 'smoke'"));
        assertFalse(wrong.toString().contains("hunter2"));
        assertTrue(ask(refused.enters(LoginName.of("ada"), SecretRef.of("smoke"), "Albums"), "secret")
                .orElseThrow()
                .what()
                .contains("does not contain \"Albums\""));
    }

    private Optional<Cause> ask(LoginSmokeTest test, String password) {
        LoginSmokeTestRunner runner = new LoginSmokeTestRunner();
        SmokeTestSecrets secrets = (ref, reader) -> {
            String value = ref.equals(SiteAuthority.SECRET) ? site.authority.pem() : password;
            reader.accept(value.getBytes(StandardCharsets.US_ASCII));
            return Optional.empty();
        };
        return runner.ask(test, runner.target(test, Proxied.AT), secrets);
    }
}
