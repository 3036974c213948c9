package io.nationtech.harmony.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.spi.SmokeTestSecrets;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.ingress.HttpsSmokeTest;
import io.nationtech.harmony.ingress.HttpsSmokeTestRunner;
import io.nationtech.harmony.ingress.HttpsUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the smoke test of a name says of a real haproxy. */
class SmokeTestedTest {
    private static final int PORT = 8085;
    private static final HttpsUrl PHOTOS = HttpsUrl.of(DnsName.of("photos.home.example"));

    private final Proxied site = new Proxied();
    private final HttpsSmokeTestRunner runner = new HttpsSmokeTestRunner();

    @TempDir
    private Path folder;

    private HaproxyDriver driver;
    private Replica replica;

    @BeforeEach
    void begin() {
        driver = site.driver(folder);
        replica = Replica.start("one", Proxied.replica(1).address(), PORT);
        site.serve(driver, Proxied.GALLERY, Proxied.route("photos", PORT, 1));
    }

    @AfterEach
    void end() throws Exception {
        driver.converge(Map.of(), _ -> Means.NONE);
        replica.close();
    }

    private static HttpsSmokeTest looksFor(String text) {
        return new HttpsSmokeTest(ServiceName.of("photos"), PHOTOS, HttpPath.of("/"), text, Duration.ofMinutes(1));
    }

    private Optional<Cause> ask(HttpsSmokeTest test, SmokeTestSecrets secrets) {
        return runner.ask(test, runner.target(test, Proxied.AT), secrets);
    }

    private static SmokeTestSecrets with(CertificateAuthority authority) {
        return (_, reader) -> {
            reader.accept(authority.pem().getBytes(StandardCharsets.US_ASCII));
            return Optional.empty();
        };
    }

    @Test
    void thePageIsAskedOfTheNodeByItsName() {
        assertEquals(Optional.empty(), ask(looksFor("Welcome from one"), with(site.authority)));
        assertEquals(
                URI.create("https://photos.home.example/#127.86.0.1"), runner.target(looksFor("Welcome"), Proxied.AT));
        assertTrue(replica.asked().stream().anyMatch(head -> head.contains("photos.home.example")));
    }

    @Test
    void anotherTextIsNotWhatItLooksFor() {
        Cause cause = ask(looksFor("Albums"), with(site.authority)).orElseThrow();

        assertTrue(cause.what().contains("does not contain \"Albums\" but begins \"Welcome"), cause::toString);
        assertTrue(cause.next().contains("curl --cacert"), cause::toString);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTrusted() {
        CertificateAuthority other = CertificateAuthority.create("Home", List.of("home.example"), site.now);

        Cause cause = ask(looksFor("Welcome"), with(other)).orElseThrow();

        assertTrue(cause.what().contains("no TLS for 'photos.home.example'"), cause::toString);
    }

    @Test
    void aPageThatSaysThatNothingAnswersDoesNotPass() throws Exception {
        replica.close();

        Cause cause = ask(looksFor("Welcome"), with(site.authority)).orElseThrow();

        assertTrue(cause.what().contains("status is 503"), cause::toString);
    }

    @Test
    void whatIsSaidOfAMissingAuthorityIsPassedOn() {
        Cause missing = new Cause("there is no secret 'site-ca'", "store", "harmony ca create");

        assertEquals(Optional.of(missing), ask(looksFor("Welcome"), (_, _) -> Optional.of(missing)));
        assertTrue(ask(looksFor("Welcome"), (_, _) -> Optional.empty())
                .orElseThrow()
                .what()
                .contains("holds no certificate"));
    }
}
