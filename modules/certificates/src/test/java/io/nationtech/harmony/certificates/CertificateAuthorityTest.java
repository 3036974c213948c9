package io.nationtech.harmony.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.certificates.CertificateAuthority.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration NINETY_DAYS = Duration.ofDays(90);
    private static final String HOST = "photos.home.example";

    @TempDir
    private Path folder;

    private final CertificateAuthority authority = CertificateAuthority.create("Home", List.of("home.example"), NOW);

    @Test
    void opensslFindsWhatIsIssuedGoodForThatNameAndNoOther() throws Exception {
        Path root = Files.writeString(folder.resolve("ca.pem"), CertificateAuthority.pem(authority.certificate()));
        Path leaf = Files.writeString(folder.resolve("leaf.pem"), authority.issue(HOST, NOW, NINETY_DAYS));

        String good = openssl(root, leaf, "-verify_hostname", HOST);
        String other = openssl(root, leaf, "-verify_hostname", "wiki.home.example");

        assertTrue(good.contains("leaf.pem: OK"), good);
        assertTrue(other.contains("hostname mismatch"), other);
    }

    @Test
    void aServerMayBeReachedByNamesAndAddresses() throws Exception {
        CertificateAuthority any = CertificateAuthority.create("Mesh", List.of(), NOW);
        List<String> hosts = List.of("mesh.home.example", "192.0.2.1", "2001:db8::1");
        String issued = any.issue(hosts, Usage.SERVER, NOW, NINETY_DAYS);
        Path root = Files.writeString(folder.resolve("ca.pem"), CertificateAuthority.pem(any.certificate()));
        Path leaf = Files.writeString(folder.resolve("leaf.pem"), issued);

        for (String address : List.of("192.0.2.1", "2001:db8::1")) {
            String good = openssl(root, leaf, "-verify_ip", address);
            assertTrue(good.contains("leaf.pem: OK"), good);
        }
        assertTrue(openssl(root, leaf, "-verify_hostname", "mesh.home.example").contains("leaf.pem: OK"));
        assertTrue(openssl(root, leaf, "-verify_ip", "192.0.2.2").contains("IP address mismatch"));
        assertTrue(any.isFresh(bytes(issued), hosts, Usage.SERVER, NOW));
        assertFalse(any.isFresh(bytes(issued), hosts.subList(0, 2), Usage.SERVER, NOW));
    }

    @Test
    void onlyAPeerMayCallOthersOfItsKind() throws Exception {
        CertificateAuthority any = CertificateAuthority.create("Mesh", List.of(), NOW);
        Path root = Files.writeString(folder.resolve("ca.pem"), CertificateAuthority.pem(any.certificate()));
        String peer = any.issue(List.of(HOST), Usage.PEER, NOW, NINETY_DAYS);
        String server = any.issue(List.of(HOST), Usage.SERVER, NOW, NINETY_DAYS);
        Path ofPeer = Files.writeString(folder.resolve("peer.pem"), peer);
        Path ofServer = Files.writeString(folder.resolve("server.pem"), server);

        for (String purpose : List.of("sslserver", "sslclient")) {
            String good = openssl(purpose, root, ofPeer, "-verify_hostname", HOST);
            assertTrue(good.contains("peer.pem: OK"), good);
        }
        String refused = openssl("sslclient", root, ofServer, "-verify_hostname", HOST);
        assertTrue(refused.contains("unsuitable certificate purpose"), refused);
        assertTrue(any.isFresh(bytes(peer), List.of(HOST), Usage.PEER, NOW));
        assertFalse(any.isFresh(bytes(peer), List.of(HOST), Usage.SERVER, NOW));
        assertFalse(any.isFresh(bytes(server), List.of(HOST), Usage.PEER, NOW));
    }

    private String openssl(Path root, Path leaf, String check, String host) throws IOException, InterruptedException {
        return openssl("sslserver", root, leaf, check, host);
    }

    private String openssl(String purpose, Path root, Path leaf, String check, String host)
            throws IOException, InterruptedException {
        List<String> words = List.of(
                "openssl",
                "verify",
                "-x509_strict",
                "-purpose",
                purpose,
                "-attime",
                Long.toString(NOW.getEpochSecond()),
                "-CAfile",
                root.toString(),
                check,
                host,
                leaf.toString());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return output;
    }

    @Test
    void isReadAsItWasWritten() {
        CertificateAuthority again = CertificateAuthority.parse(bytes(authority.pem()));

        assertEquals(authority.certificate(), again.certificate());
        assertTrue(again.isFresh(bytes(authority.issue(HOST, NOW, NINETY_DAYS)), HOST, NOW));
    }

    @Test
    void mayIssueForItsDomainsOnly() {
        CertificateRefusedException refused = assertThrows(
                CertificateRefusedException.class, () -> authority.issue("photos.example.org", NOW, NINETY_DAYS));

        assertTrue(refused.getMessage().contains("photos.example.org"), refused::getMessage);
        assertThrows(CertificateRefusedException.class, () -> authority.issue("nothome.example", NOW, NINETY_DAYS));
        CertificateAuthority.create("Any", List.of(), NOW).issue("photos.example.org", NOW, NINETY_DAYS);
    }

    @Test
    void whatIsIssuedIsReplacedAfterTwoThirdsOfItsTime() {
        byte[] leaf = bytes(authority.issue(HOST, NOW, NINETY_DAYS));

        assertTrue(authority.isFresh(leaf, HOST, NOW.plus(Duration.ofDays(59))));
        assertFalse(authority.isFresh(leaf, HOST, NOW.plus(Duration.ofDays(61))));
        assertFalse(authority.isFresh(leaf, "wiki.home.example", NOW));
        assertFalse(CertificateAuthority.create("Home", List.of(), NOW).isFresh(leaf, HOST, NOW));
        assertFalse(authority.isFresh(bytes("no certificate"), HOST, NOW));
    }

    @Test
    void nothingOutlivesItsAuthority() {
        Instant late = NOW.plus(CertificateAuthority.LIFETIME).minus(Duration.ofDays(1));
        X509Certificate leaf = CertificateAuthority.certificate(bytes(authority.issue(HOST, late, NINETY_DAYS)))
                .orElseThrow();

        assertEquals(authority.certificate().getNotAfter(), leaf.getNotAfter());
        assertThrows(
                CertificateRefusedException.class,
                () -> authority.issue(HOST, late.plus(Duration.ofDays(2)), NINETY_DAYS));
    }

    @Test
    void eachHasAKeyASerialAndAFingerprintOfItsOwn() {
        X509Certificate one = issued();
        X509Certificate other = issued();

        assertNotEquals(one.getPublicKey(), other.getPublicKey());
        assertNotEquals(one.getSerialNumber(), other.getSerialNumber());
        assertTrue(CertificateAuthority.fingerprint(one).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
    }

    private X509Certificate issued() {
        return CertificateAuthority.certificate(bytes(authority.issue(HOST, NOW, NINETY_DAYS)))
                .orElseThrow();
    }

    @Test
    void aNameTooLongForASubjectIsInTheCertificateAllTheSame() {
        String host = "a".repeat(60) + "." + "b".repeat(60) + ".home.example";

        assertTrue(authority.isFresh(bytes(authority.issue(host, NOW, NINETY_DAYS)), host, NOW));
    }

    @Test
    void whatIsNoAuthorityIsRefusedAndSaysWhyWithoutTheKey() {
        String leaf = authority.issue(HOST, NOW, NINETY_DAYS);
        String otherKey = CertificateAuthority.create("Other", List.of(), NOW).pem();
        String mixed = CertificateAuthority.pem(authority.certificate())
                + otherKey.substring(otherKey.indexOf("-----BEGIN PRIVATE"));

        Stream.of(
                        "",
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                        leaf,
                        mixed,
                        CertificateAuthority.pem(authority.certificate()))
                .forEach(text -> assertThrows(
                        CertificateRefusedException.class, () -> CertificateAuthority.parse(bytes(text)), text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
