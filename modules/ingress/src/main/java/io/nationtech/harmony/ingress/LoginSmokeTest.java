package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fetches a page from every node that answers for a guarded name, first as nobody, which must be asked for a login (status 401), and then as
 * a user who may enter. As {@link HttpsSmokeTest}, it trusts the site's authority alone and asks no DNS server.
 *
 * @param service the ingress
 * @param path what is fetched with GET
 * @param entry as whom it enters, and what it finds; without it, only that nobody enters is proven, and not that there is a service
 */
public record LoginSmokeTest(ServiceName service, HttpsUrl url, HttpPath path, Optional<Entry> entry, Duration timeout)
        implements SmokeTest {
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(2);

    /**
     * A user who may enter.
     *
     * @param password the secret that has it as it is typed
     * @param contains what the page must contain, with status 200; not blank
     */
    public record Entry(LoginName user, SecretRef password, String contains) {
        public Entry {
            if (contains.isBlank()) {
                throw new InvalidValueException(
                                "the smoke test looks, as '%s', for '%s', which any page passes; name a text of the page"
                                        .formatted(user, contains))
                        .about(contains);
            }
        }
    }

    public LoginSmokeTest {
        if (!timeout.isPositive()) {
            throw new InvalidValueException("the smoke test of %s has a timeout of %s; it must be longer than zero"
                            .formatted(url, timeout))
                    .about(timeout);
        }
    }

    /** That nobody enters without a login, within two minutes. */
    public static LoginSmokeTest of(GuardedIngress<?> ingress, HttpPath path) {
        return new LoginSmokeTest(ingress.name(), ingress.url(), path, Optional.empty(), USUAL_TIMEOUT);
    }

    /** The same, and that a user enters and finds a text. */
    public LoginSmokeTest enters(LoginName user, SecretRef password, String contains) {
        return new LoginSmokeTest(service, url, path, Optional.of(new Entry(user, password, contains)), timeout);
    }

    /** The same test with another timeout. */
    public LoginSmokeTest within(Duration limit) {
        return new LoginSmokeTest(service, url, path, entry, limit);
    }

    @Override
    public List<SecretRef> secrets() {
        return Stream.concat(Stream.of(SiteAuthority.SECRET), entry.map(Entry::password).stream())
                .toList();
    }
}
