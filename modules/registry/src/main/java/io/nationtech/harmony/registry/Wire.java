package io.nationtech.harmony.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Requests to a registry and where it leads to: all of them within one deadline, with answers of bounded size. What tells who asks goes to nobody
 * but who it is for.
 */
final class Wire implements AutoCloseable {
    /** Registries need not take manifests that are larger (OCI distribution specification, "Pushing manifests"). */
    private static final long LARGEST = 4 << 20;

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final long end;

    /** What is asked: by which method, for which types of content, as whom. */
    record Question(String method, String accept, Optional<String> authorization) {
        Question anonymous() {
            return new Question(method, accept, Optional.empty());
        }
    }

    Wire(Optional<SSLContext> trust, Duration deadline) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(deadline).followRedirects(HttpClient.Redirect.NEVER);
        trust.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.end = System.nanoTime() + deadline.toNanos();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /**
     * The answer of whoever it came to in the end.
     *
     * @throws IOException when there is no answer in time, it is too large, or leads to where others overhear
     */
    HttpResponse<byte[]> ask(URI uri, Question question) throws IOException, InterruptedException {
        URI place = uri;
        Question asked = question;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<byte[]> response = send(place, asked);
            Optional<String> location = REDIRECTS.contains(response.statusCode())
                    ? response.headers().firstValue("Location")
                    : Optional.empty();
            if (location.isEmpty()) {
                return response;
            }
            URI next = next(place, location.get());
            asked = isSameOrigin(place, next) ? asked : asked.anonymous();
            place = next;
        }
        throw new IOException("it leads on more than %d times".formatted(MOST_REDIRECTS));
    }

    private static URI next(URI place, String location) throws IOException {
        try {
            URI next = place.resolve(location);
            requirePrivate(next);
            return next;
        } catch (IllegalArgumentException e) {
            throw new IOException("it leads to what is no address", e);
        }
    }

    /**
     * Whoever is asked without TLS is this machine.
     *
     * @throws IOException when others could overhear
     */
    static void requirePrivate(URI uri) throws IOException {
        boolean isPrivate = uri.getHost() != null
                && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isHere(uri.getHost())));
        if (!isPrivate) {
            throw new IOException("it leads to %s, which is not https".formatted(uri));
        }
    }

    static boolean isHere(String host) {
        return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equals(other.getHost())
                && one.getPort() == other.getPort();
    }

    private HttpResponse<byte[]> send(URI uri, Question question) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept", question.accept())
                .header("User-Agent", "harmony")
                .method(question.method(), BodyPublishers.noBody());
        question.authorization().ifPresent(value -> request.header("Authorization", value));
        // A request's own timeout ends with the headers of the answer.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
