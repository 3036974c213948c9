package io.nationtech.harmony.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real registries: one for everybody, one with users, and one that sends people to somebody who gives tokens. */
class RegistryClientTest {
    private static final String ADA = "ada:correct horse";

    @TempDir
    static Path folder;

    private static TestRegistry plain;
    private static TestRegistry guarded;
    private static TestRegistry byToken;
    private static TokenGiver giver;
    private static ImageDigest pushed;

    @BeforeAll
    static void begin() throws Exception {
        Path images = folder.resolve("images");
        plain = new TestRegistry(folder, images, "", "");
        pushed = plain.pushList("team/app", "1.2");
        plain.pushList("public/app", "1");

        Path key = folder.resolve("own.key");
        Path certificate = folder.resolve("own.crt");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=own",
                "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        Path users = Files.writeString(
                folder.resolve("users"), "ada:$2y$10$abcdefghijklmnopqrstuu23JPZtHcGhwXSF41f93o/7vBdDut3Xu\n");
        guarded = new TestRegistry(
                folder,
                images,
                "auth: {htpasswd: {realm: guarded, path: %s}}".formatted(users),
                ", tls: {certificate: %s, key: %s}".formatted(certificate, key));
        giver = new TokenGiver(key, certificate, Set.of("public/app"));
        byToken = new TestRegistry(
                folder,
                images,
                "auth: {token: {realm: \"%s\", service: images, issuer: giver, rootcertbundle: %s}}"
                        .formatted(giver.realm(), certificate),
                "");
        Path trusted = Files.createDirectories(folder.resolve("certs.d").resolve(guarded.host("localhost")));
        Files.copy(certificate, trusted.resolve("ca.crt"));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    @AfterAll
    static void end() {
        List.of(plain, guarded, byToken).forEach(TestRegistry::close);
        giver.close();
    }

    private static RegistryClient client(Path... authFiles) {
        return client(Duration.ofSeconds(20), authFiles);
    }

    private static RegistryClient client(Duration deadline, Path... authFiles) {
        return new RegistryClient(
                new AuthFiles(List.of(authFiles)), new Trust(List.of(folder.resolve("certs.d"))), deadline);
    }

    private static ImageLookup lookUp(RegistryClient client, String image) {
        return client.lookUp(ImageReference.of(image), Optional.empty());
    }

    private static Cause unanswered(RegistryClient client, String image) {
        return assertInstanceOf(ImageLookup.Unanswered.class, lookUp(client, image))
                .cause();
    }

    private static Path login(String name) throws IOException {
        return Files.writeString(
                folder.resolve("auth.json"),
                "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
                        .formatted(name, Base64.getEncoder().encodeToString(ADA.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void tellsTheListThatATagNamesAndNotOneArchitecturesImage() {
        assertEquals(new ImageLookup.Found(pushed), lookUp(client(), plain.host("127.0.0.1") + "/team/app:1.2"));
        assertEquals(new ImageLookup.Found(pushed), lookUp(client(), plain.host("localhost") + "/team/app:1.2"));
    }

    @Test
    void tellsWhatIsNotThere() {
        Cause cause = unanswered(client(), plain.host("127.0.0.1") + "/team/app:1.3");

        assertTrue(cause.what().endsWith("/team/app:1.3' is: it has no such image"), cause::toString);
        assertEquals("registry " + plain.host("127.0.0.1"), cause.where());
    }

    @Test
    void asksByTheCertificatesAndLoginsThatPodmanHas() throws IOException {
        String image = guarded.host("localhost") + "/team/app:1.2";

        assertTrue(unanswered(client(), image).what().endsWith("it wants a login, or has no such image"));
        for (String name : List.of(guarded.host("localhost"), guarded.host("localhost") + "/team")) {
            assertEquals(new ImageLookup.Found(pushed), lookUp(client(login(name)), image));
        }
        Cause other = unanswered(client(login(guarded.host("localhost") + "/others")), image);
        assertTrue(other.what().endsWith("it wants a login, or has no such image"), other::toString);
        Cause untrusted = unanswered(client(), guarded.host("127.0.0.1") + "/team/app:1.2");
        assertTrue(untrusted.what().endsWith("its certificate is not trusted"), untrusted::toString);
        assertTrue(untrusted.next().contains("certs.d/" + guarded.host("127.0.0.1")), untrusted::toString);
    }

    @Test
    void asksAsTheDeploymentsOwnLoginBeforeThePersons() throws IOException {
        ImageReference image = ImageReference.of(guarded.host("localhost") + "/team/app:1.2");
        RegistryClient nobody = client(folder.resolve("none.json"));
        RegistryClient person = client(login(guarded.host("localhost")));

        assertEquals(new ImageLookup.Found(pushed), nobody.lookUp(image, credentials(ADA + "\n")));
        ImageLookup.Unanswered wrong =
                assertInstanceOf(ImageLookup.Unanswered.class, person.lookUp(image, credentials("ada:battery staple")));
        assertTrue(wrong.cause().what().endsWith("it does not take the login, or has no such image for it"));
        assertFalse(wrong.cause().toString().contains("staple"));
        assertEquals(Optional.empty(), credentials("no login"));
    }

    private static Optional<Credentials> credentials(String value) {
        return Credentials.parse(value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void getsATokenFromWhereTheRegistrySends() throws IOException {
        assertInstanceOf(ImageLookup.Found.class, lookUp(client(), byToken.host("127.0.0.1") + "/public/app:1"));
        assertTrue(giver.asked.getLast().contains("service=images"), giver.asked::toString);

        String image = byToken.host("127.0.0.1") + "/team/app:1.2";
        assertTrue(unanswered(client(), image).what().endsWith("it wants a login, or has no such image"));
        assertEquals(new ImageLookup.Found(pushed), lookUp(client(login(byToken.host("127.0.0.1"))), image));
    }

    @Test
    void findsLoginsWherePodmanAndDockerLeaveThem() throws IOException {
        String registry = byToken.host("127.0.0.1");
        String image = registry + "/team/app:1.2";
        Path login = login(registry);
        Path home = Files.createDirectory(folder.resolve("home"));
        Map<String, String> session =
                Map.of("XDG_RUNTIME_DIR", folder.resolve("session").toString());

        assertInstanceOf(ImageLookup.Unanswered.class, lookUp(RegistryClient.of(session, home), image));
        for (String place : List.of(
                "session/containers/auth.json", "home/.config/containers/auth.json", "home/.docker/config.json")) {
            Path file = folder.resolve(place);
            Files.createDirectories(file.getParent());
            Files.copy(login, file);
            assertEquals(new ImageLookup.Found(pushed), lookUp(RegistryClient.of(session, home), image), place);
            Files.delete(file);
        }
        Map<String, String> named = Map.of("REGISTRY_AUTH_FILE", login.toString());
        assertEquals(new ImageLookup.Found(pushed), lookUp(RegistryClient.of(named, home), image));
    }

    @Test
    void doesNotAskWithoutTlsWhomItCouldNotTellFromOthers() {
        assertEquals(
                Optional.of(new Challenge.Basic()), Challenge.of(List.of("Negotiate", "Basic realm=\"x\""), "app"));
        for (String realm :
                List.of("http://tokens.example.org/", "file:///etc/passwd", "ftp://127.0.0.1/", "relative")) {
            Challenge.Bearer bearer = assertInstanceOf(
                    Challenge.Bearer.class,
                    Challenge.of(List.of("Bearer realm=\"%s\"".formatted(realm)), "app")
                            .orElseThrow());
            assertTrue(assertThrows(IOException.class, () -> Wire.requirePrivate(bearer.giver()))
                    .getMessage()
                    .contains("is not https"));
        }
    }

    @Test
    void waitsForNobodyBeyondItsDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cause cause =
                    unanswered(client(Duration.ofMillis(300)), "127.0.0.1:%d/app:1".formatted(silent.getLocalPort()));

            assertTrue(cause.what().endsWith("it does not answer in time"), cause::toString);
        }
        Cause away = unanswered(client(), "127.0.0.1:1/app:1");
        assertTrue(away.what().endsWith("it cannot be reached"), away::toString);
    }

    @Test
    void saysWhichFileOfLoginsIsNoneAndNotWhatStandsInIt() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"auths\": hunter2");

        Cause cause = unanswered(client(broken), plain.host("127.0.0.1") + "/team/app:1.2");

        assertTrue(cause.what().endsWith(broken + " is no JSON"), cause::toString);
        assertFalse(cause.toString().contains("hunter2"), cause::toString);
    }
}
