package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;
import java.util.List;

/**
 * Fetches a page as people do, from every node that answers for a name: with the name in TLS and HTTP, and trusting the site's authority
 * alone. No DNS server is asked, so that it passes before the name is known to one.
 *
 * @param service the ingress
 * @param path what is fetched with GET; the answer must have status 200
 * @param contains what the answer's body must contain; not blank
 */
public record HttpsSmokeTest(ServiceName service, HttpsUrl url, HttpPath path, String contains, Duration timeout)
        implements SmokeTest {
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(2);

    public HttpsSmokeTest {
        if (contains.isBlank()) {
            throw new InvalidValueException(
                            "the smoke test of %s looks for '%s', which any page passes; name a text of the page"
                                    .formatted(url, contains))
                    .about(contains);
        }
        if (!timeout.isPositive()) {
            throw new InvalidValueException("the smoke test of %s has a timeout of %s; it must be longer than zero"
                            .formatted(url, timeout))
                    .about(timeout);
        }
    }

    /** A test of an ingress, for two minutes at most. */
    public static HttpsSmokeTest of(Ingress<?> ingress, HttpPath path, String contains) {
        return new HttpsSmokeTest(ingress.name(), ingress.url(), path, contains, USUAL_TIMEOUT);
    }

    /** The same test with another timeout. */
    public HttpsSmokeTest within(Duration limit) {
        return new HttpsSmokeTest(service, url, path, contains, limit);
    }

    @Override
    public List<SecretRef> secrets() {
        return List.of(SiteAuthority.SECRET);
    }
}
