package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import io.nationtech.harmony.domain.spi.SmokeTestSecrets;
import io.nationtech.harmony.domain.value.IpAddress;
import java.net.URI;
import java.util.Optional;

/** Fetches pages over TLS from a node's address, by the name in the URL. */
public final class HttpsSmokeTestRunner implements SmokeTestRunner<HttpsSmokeTest> {

    /** For {@link java.util.ServiceLoader}. */
    public HttpsSmokeTestRunner() {}

    @Override
    public Class<HttpsSmokeTest> type() {
        return HttpsSmokeTest.class;
    }

    /** The page as people would ask for it; its fragment says which node is asked. */
    @Override
    public URI target(HttpsSmokeTest test, IpAddress node) {
        return new HttpsPage(test.url(), test.path(), node).target();
    }

    @Override
    public Optional<Cause> ask(HttpsSmokeTest test, URI target) {
        return ask(test, target, HttpsPage.NO_SECRETS);
    }

    @Override
    public Optional<Cause> ask(HttpsSmokeTest test, URI target, SmokeTestSecrets secrets) {
        HttpsPage page = HttpsPage.of(test.url(), test.path(), target);
        return page.trusting(secrets, trusted -> page.ask(trusted, "", answer -> answer.lacks(test.contains())));
    }
}
