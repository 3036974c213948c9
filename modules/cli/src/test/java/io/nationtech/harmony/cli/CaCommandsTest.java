package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.certificates.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site's authority, as a person makes and shows it. */
class CaCommandsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeKey() {
        Typed.given("", "secret", "key", "new", "--key", key());
    }

    @Test
    void isMadeOnceAndShownWithoutItsKey() {
        Typed made = ca("create", "--domain", "home.example");
        assertEquals(0, made.exitCode(), made::err);
        assertFalse(made.out().contains("PRIVATE"), made.out());

        Typed shown = ca("show");

        assertEquals(made.out(), shown.out());
        X509Certificate certificate = CertificateAuthority.certificate(
                        shown.out().getBytes(StandardCharsets.US_ASCII))
                .orElseThrow();
        assertTrue(shown.err().contains("SHA-256 " + CertificateAuthority.fingerprint(certificate)), shown.err());
        assertTrue(shown.err().contains("update-ca-certificates"), shown.err());
    }

    @Test
    void theOneThatPeopleTrustIsNeverOverwritten() {
        String first = ca("create").out();

        Typed refused = ca("create");

        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("there is a certificate authority already"), refused.err());
        assertEquals(first, ca("show").out());
    }

    @Test
    void whereThereIsNoneItIsSaidHowToMakeIt() {
        Typed refused = ca("show");

        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("harmony ca create"), refused.err());
    }

    @Test
    void whatIsNoDomainIsRefused() {
        assertEquals(2, ca("create", "--domain", "*.home.example").exitCode());
    }

    @Test
    void whatIsNoAuthorityIsNotKeptAsOne() {
        Typed refused = Typed.given("hunter2", "secret", "set", "site-ca", "--key", key(), "--secrets", store());

        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("harmony ca create"), refused.err());
        assertFalse(refused.err().contains("hunter2"), refused.err());
        String made = ca("create").out();
        assertEquals(
                1,
                Typed.given("", "secret", "rotate", "site-ca", "--key", key(), "--secrets", store())
                        .exitCode());
        assertEquals(made, ca("show").out());
    }

    private Typed ca(String... words) {
        String[] all = new String[words.length + 5];
        all[0] = "ca";
        System.arraycopy(words, 0, all, 1, words.length);
        System.arraycopy(new String[] {"--key", key(), "--secrets", store()}, 0, all, words.length + 1, 4);
        return Typed.given("", all);
    }

    private String key() {
        return folder.resolve("own.key").toString();
    }

    private String store() {
        return folder.resolve("secrets").toString();
    }
}
