package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;

/**
 * Fetches a page from every replica of a service, through its node's address, and looks for a text in it.
 *
 * @param service whose published port is asked
 * @param path what is fetched with GET; the answer must have status 200
 * @param contains what the answer's body must contain; not blank, as every page has nothing in it
 * @param patience how long the replicas have to come up before the test fails; longer than zero
 */
public record HttpSmokeTest(ContainerService service, HttpPath path, String contains, Duration patience)
        implements SmokeTest {
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(2);

    public HttpSmokeTest {
        if (contains.isBlank()) {
            throw new InvalidValueException(
                            "the smoke test of service '%s' looks for '%s', which any page passes; name a text of the page"
                                    .formatted(service.name(), contains))
                    .about(contains);
        }
        if (!patience.isPositive()) {
            throw new InvalidValueException("the smoke test of service '%s' has a patience of %s; it must be positive"
                            .formatted(service.name(), patience))
                    .about(patience);
        }
    }

    /** A test with two minutes of patience. */
    public static HttpSmokeTest of(ContainerService service, HttpPath path, String contains) {
        return new HttpSmokeTest(service, path, contains, USUAL_PATIENCE);
    }

    /** The same test with other patience. */
    public HttpSmokeTest within(Duration limit) {
        return new HttpSmokeTest(service, path, contains, limit);
    }
}
