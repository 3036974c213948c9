package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.spi.AnyCertificate;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import io.nationtech.harmony.domain.value.IpAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Fetches pages. */
public final class HttpSmokeTestRunner implements SmokeTestRunner<HttpSmokeTest> {
    private static final int MOST_BYTES = 1 << 20;
    private static final int SHOWN = 200;

    /** One for the program, which looks at no certificate; made when it is first needed: each has a thread of its own and takes a while. */
    private static final class Client {
        static final HttpClient OF_ALL =
                HttpClient.newBuilder().sslContext(AnyCertificate.context()).build();
    }

    /** For {@link java.util.ServiceLoader}. */
    public HttpSmokeTestRunner() {}

    @Override
    public Class<HttpSmokeTest> type() {
        return HttpSmokeTest.class;
    }

    @Override
    public URI target(HttpSmokeTest test, IpAddress node) {
        return URI.create("%s://%s%s".formatted(test.scheme().text(), node.withPort(test.port()), test.path()));
    }

    @Override
    public Optional<Cause> ask(HttpSmokeTest test, URI page) throws InterruptedException {
        try {
            // Whoever runs out of time interrupts this, which ends the exchange.
            HttpResponse<byte[]> answer = Client.OF_ALL.send(
                    HttpRequest.newBuilder(page).build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
            return wrong(test, answer).map(what -> cause(what, page));
        } catch (IOException e) {
            String message =
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            return Optional.of(cause("no page: " + message, page));
        }
    }

    private static Optional<String> wrong(HttpSmokeTest test, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return Optional.of("the page's status is %d, not 200".formatted(answer.statusCode()));
        }
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return body.contains(test.contains())
                ? Optional.empty()
                : Optional.of("the page does not contain \"%s\" but begins \"%s\""
                        .formatted(test.contains(), body.substring(0, Math.min(SHOWN, body.length()))));
    }

    private static Cause cause(String what, URI page) {
        return new Cause(
                what,
                page.toString(),
                "`harmony logs` shows what the service wrote; try the page from here with `curl -vk %s`"
                        .formatted(page));
    }
}
