package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.contract.CapturedLog;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess.Authority;
import io.nationtech.harmony.mesh.nats.NatsAccess.Identity;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.MeshRole;
import io.nationtech.harmony.nats.identity.PublicKey;
import io.nationtech.harmony.nats.identity.ShownLogin;
import io.nationtech.harmony.nats.identity.Token;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mesh with TLS and logins, and by which name each thing that goes wrong with them is told. */
class GuardedMeshTest {
    private static final BucketName BUCKET = new BucketName("guarded");
    private static final String INBOX = "_INBOX." + MeshRole.NAME + ".>";
    private static final MeshRole ALL = new MeshRole("all", List.of(">"), List.of(INBOX, "harmony.>", "echo"));
    private static final MeshRole READER = new MeshRole(
            "reader",
            List.of("$JS.API.DIRECT.GET.KV_guarded.$KV.guarded." + MeshRole.NAME, "$JS.API.STREAM.INFO.KV_guarded"),
            List.of(INBOX));
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final Instant now = Instant.now();
    private final MeshAuthority mesh = MeshAuthority.create(List.of(ALL, READER));
    private final CertificateAuthority authority = CertificateAuthority.create("mesh", List.of(), now.minus(HOUR));

    @AfterEach
    void end() {
        mesh.close();
    }

    private String logins() {
        return """
                operator: %s
                system_account: %s
                resolver: { type: full, dir: "%%s-accounts", allow_delete: false, interval: "2m" }
                resolver_preload: { %s: %s
                  %s: %s }
                """.formatted(
                        mesh.operatorToken(now),
                        mesh.system().publicKey(),
                        mesh.account().publicKey(),
                        mesh.accountToken(Map.of(), now),
                        mesh.system().publicKey(),
                        mesh.systemToken(now));
    }

    private String tls(String certificate) {
        Path file = write("server-%d.pem".formatted(certificate.hashCode()), certificate);
        return "tls { cert_file: \"%1$s\", key_file: \"%1$s\" }\n".formatted(file);
    }

    private String tls() {
        return tls(authority.issue("127.0.0.1", now, HOUR));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Authority trusted(CertificateAuthority one) {
        return new Authority.OfFile(write(
                CertificateAuthority.fingerprint(one.certificate()), CertificateAuthority.pem(one.certificate())));
    }

    private Token token(MeshAuthority by, MeshRole role, String name, KeyPair key, Instant end) {
        return by.login(role, ClientName.of(name), key.publicKey(), end, now.minus(HOUR));
    }

    /** Each reading gives a login of its own, as that of a file does. */
    private Identity login(MeshAuthority by, MeshRole role, String name, Instant end) {
        KeyPair key = KeyPair.generate(KeyKind.USER);
        Token token = token(by, role, name, key, end);
        return new Identity.OfLogin(() -> new ShownLogin(new Login(token, KeyPair.ofSeed(key.seed())), () -> now));
    }

    private Identity login(MeshRole role, String name) {
        return login(mesh, role, name, now.plus(HOUR));
    }

    private static NatsOptions options(String url, NatsAccess access) {
        return NatsOptions.of(NatsAddress.parse(url), "test")
                .resyncingEvery(HOUR)
                .with(access);
    }

    private static String tlsUrl(NatsServer server) {
        return server.url().replace("nats://", "tls://");
    }

    private static Cause refused(String url, NatsAccess access) {
        return assertThrows(
                        MeshUnavailableException.class,
                        () -> NatsMesh.connect(options(url, access)).close())
                .why();
    }

    private static void assertTold(String what, String next, Cause cause) {
        assertTrue(cause.what().contains(what), cause::toString);
        assertTrue(cause.next().contains(next), cause::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void whoHasALoginIsLetInOverTlsAndMayDoWhatItsRoleSays(String program) {
        try (NatsServer server = NatsServer.start(program, tls() + logins());
                Mesh writer = NatsMesh.connect(
                        options(tlsUrl(server), new NatsAccess(login(ALL, "ada"), trusted(authority))));
                Mesh reader = NatsMesh.connect(
                        options(tlsUrl(server), new NatsAccess(login(READER, "n1"), trusted(authority))))) {
            writer.ensureBucket(BUCKET, 1);
            writer.bucket(BUCKET).put(Key.of("n1"), Payload.of("for n1"));
            writer.respond(Subject.of("echo"), question -> question);

            reader.ensureBucket(BUCKET, 1);
            assertEquals(
                    "for n1",
                    reader.bucket(BUCKET)
                            .get(Key.of("n1"))
                            .orElseThrow()
                            .value()
                            .text());
            assertTold(
                    "$KV.guarded.n1",
                    "the login of 'n1' does not permit it",
                    assertThrows(
                                    MeshUnavailableException.class,
                                    () -> reader.bucket(BUCKET).put(Key.of("n1"), Payload.of("own")))
                            .why());
            assertTold(
                    "Publish to \"echo\"",
                    "the login of 'n1'",
                    assertThrows(
                                    MeshUnavailableException.class,
                                    () -> reader.request(Subject.of("echo"), Payload.empty(), Duration.ofSeconds(30)))
                            .why());
            assertEquals(
                    new Reply.Answer(Payload.of("hi")),
                    writer.request(Subject.of("echo"), Payload.of("hi"), Duration.ofSeconds(30)));
        }
    }

    @Test
    void everythingThatIsWrongWithALoginIsToldByItsName() {
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, tls() + logins());
                NatsServer others =
                        NatsServer.start(NatsServer.NEWEST, "authorization { user: somebody, password: \"of old\" }");
                MeshAuthority elsewhere = MeshAuthority.create(List.of(ALL))) {
            Authority trusted = trusted(authority);
            String url = tlsUrl(server);
            assertTold(
                    "who has a login, and there is none",
                    "--mesh-login",
                    refused(url, new NatsAccess(new Identity.OfAddress(), trusted)));
            assertTold(
                    "the time of the login is over",
                    "harmony mesh login",
                    refused(url, new NatsAccess(login(mesh, ALL, "ada", now.minusSeconds(1)), trusted)));
            assertTold(
                    "revoked, or is one of another mesh",
                    "belong together",
                    refused(url, new NatsAccess(login(elsewhere, ALL, "ada", now.plus(HOUR)), trusted)));
            assertTold(
                    "takes no logins",
                    "check the address",
                    refused(others.url(), new NatsAccess(login(ALL, "ada"), new Authority.OfPlatform())));
            assertTold("a user and a password", "nats://user:password@", refused(others.url(), NatsAccess.OPEN));
            assertTold(
                    "the login cannot be used: it is torn",
                    "harmony mesh login",
                    refused(
                            url,
                            new NatsAccess(
                                    new Identity.OfLogin(() -> {
                                        throw new InvalidValueException("it is torn");
                                    }),
                                    trusted)));
        }
    }

    @Test
    void everythingThatIsWrongWithTlsIsToldByItsName() {
        CertificateAuthority other = CertificateAuthority.create("another", List.of(), now);
        Instant before = now.minus(Duration.ofMinutes(30));
        Identity nobody = new Identity.OfAddress();
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, tls())) {
            NatsAccess access = new NatsAccess(nobody, trusted(authority));
            NatsMesh.connect(options(tlsUrl(server), access)).close();
            assertTold("wants TLS", "tls://", refused(server.url(), NatsAccess.OPEN));
            assertTold("not trusted", "--mesh-ca", refused(tlsUrl(server), NatsAccess.OPEN));
            assertTold(
                    "not trusted",
                    "trusted is what stands in",
                    refused(tlsUrl(server), new NatsAccess(nobody, trusted(other))));
            assertTold(
                    "there is no certificate in it",
                    "harmony mesh show",
                    refused(tlsUrl(server), new NatsAccess(nobody, new Authority.OfFile(write("empty", "")))));
            assertTold("another host", "--address", refused(tlsUrl(server).replace("127.0.0.1", "localhost"), access));

            server.kill();
            server.restartWith(tls(authority.issue("127.0.0.1", before, Duration.ofMinutes(1))));
            assertTold("is over", "harmony mesh server", refused(tlsUrl(server), access));

            server.kill();
            server.restartWith("");
            assertTold("has no TLS", "harmony mesh server", refused(tlsUrl(server), access));
        }
    }

    @Test
    void whatContradictsItselfIsNoConfiguration() {
        assertThrows(
                InvalidValueException.class,
                () -> options("nats://127.0.0.1", new NatsAccess(new Identity.OfAddress(), trusted(authority))));
        assertThrows(
                InvalidValueException.class,
                () -> options("tls://ada:pw@127.0.0.1", new NatsAccess(login(ALL, "ada"), new Authority.OfPlatform())));
    }

    @Test
    void whoIsRevokedHearsThatAndComesBackWithTheNextLogin() throws Exception {
        KeyPair first = KeyPair.generate(KeyKind.USER);
        KeyPair second = KeyPair.generate(KeyKind.USER);
        AtomicReference<KeyPair> current = new AtomicReference<>(first);
        Identity replaced = new Identity.OfLogin(() -> new ShownLogin(
                new Login(
                        token(mesh, ALL, "n1", current.get(), now.plus(HOUR)),
                        KeyPair.ofSeed(current.get().seed())),
                () -> now));
        try (NatsServer server = NatsServer.start(NatsServer.NEWEST, logins());
                CapturedLog log = CapturedLog.of("io.nationtech.harmony");
                Mesh node =
                        NatsMesh.connect(options(server.url(), new NatsAccess(replaced, new Authority.OfPlatform())))) {
            revoke(server, first.publicKey());
            Eventually.holds(
                    "it is told that the login was revoked: " + log.lines(),
                    () -> log.warnings().stream().anyMatch(line -> line.contains("the login was revoked")));
            assertEquals(Mesh.Status.DISCONNECTED, node.status());

            current.set(second);
            Eventually.holds("it is back", () -> node.status() == Mesh.Status.CONNECTED);
        }
    }

    /** As whoever runs a mesh does. */
    private void revoke(NatsServer server, PublicKey key) throws Exception {
        KeyPair own = KeyPair.generate(KeyKind.USER);
        Token system = mesh.systemLogin(ClientName.of("sys"), own.publicKey(), now.plus(HOUR), now);
        Token account = mesh.accountToken(Map.of(key, now), now.plusSeconds(1));
        Connection connection = Nats.connect(Options.builder()
                .server(server.url())
                .authHandler(new LoggedIn(
                        () -> new ShownLogin(new Login(system, KeyPair.ofSeed(own.seed())), () -> now)))
                .build());
        try {
            String answer = new String(
                    connection
                            .request(
                                    "$SYS.REQ.CLAIMS.UPDATE",
                                    account.text().getBytes(StandardCharsets.US_ASCII),
                                    Duration.ofSeconds(10))
                            .getData(),
                    StandardCharsets.UTF_8);
            assertTrue(answer.contains("\"code\":200"), answer);
        } finally {
            connection.close();
            own.close();
        }
    }
}
