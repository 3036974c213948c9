package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import io.nationtech.harmony.domain.spi.SmokeTestSecrets;
import io.nationtech.harmony.domain.value.IpAddress;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Fetches pages over TLS from a node's address, as nobody and as a user. */
public final class LoginSmokeTestRunner implements SmokeTestRunner<LoginSmokeTest> {
    private static final int UNAUTHORIZED = 401;

    /** For {@link java.util.ServiceLoader}. */
    public LoginSmokeTestRunner() {}

    @Override
    public Class<LoginSmokeTest> type() {
        return LoginSmokeTest.class;
    }

    /** The page as people would ask for it; its fragment says which node is asked. */
    @Override
    public URI target(LoginSmokeTest test, IpAddress node) {
        return new HttpsPage(test.url(), test.path(), node).target();
    }

    @Override
    public Optional<Cause> ask(LoginSmokeTest test, URI target) {
        return ask(test, target, HttpsPage.NO_SECRETS);
    }

    @Override
    public Optional<Cause> ask(LoginSmokeTest test, URI target, SmokeTestSecrets secrets) {
        HttpsPage page = HttpsPage.of(test.url(), test.path(), target);
        return page.trusting(
                secrets,
                trusted -> page.ask(trusted, "", LoginSmokeTestRunner::lets)
                        .or(() -> test.entry().flatMap(entry -> enter(page, trusted, entry, secrets))));
    }

    private static Optional<String> lets(HttpsPage.Answer answer) {
        return answer.status() == UNAUTHORIZED
                ? Optional.empty()
                : Optional.of("nobody is asked for a login: the page's status is %d, not %d"
                        .formatted(answer.status(), UNAUTHORIZED));
    }

    private static Optional<Cause> enter(
            HttpsPage page, Certificate trusted, LoginSmokeTest.Entry entry, SmokeTestSecrets secrets) {
        List<String> header = new ArrayList<>();
        return secrets.lend(entry.password(), password -> header.add(authorization(entry.user(), password)))
                .or(() -> page.ask(
                        trusted,
                        header.getFirst(),
                        answer -> answer.status() == UNAUTHORIZED
                                ? Optional.of("user '%s' does not enter with the password in secret '%s'"
                                        .formatted(
                                                entry.user(), entry.password().name()))
                                : answer.lacks(entry.contains())));
    }

    /** RFC 7617 §2. */
    private static String authorization(LoginName user, byte[] password) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes((user + ":").getBytes(StandardCharsets.US_ASCII));
        both.writeBytes(password);
        return "Authorization: Basic %s\r\n".formatted(Base64.getEncoder().encodeToString(both.toByteArray()));
    }
}
