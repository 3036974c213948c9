package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Several clients that ask for a page without a pause, every one over connections of its own, new and kept ones. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int REQUESTS_OF_A_CONNECTION = 5;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> clients = new CopyOnWriteArrayList<>();

    static Load on(X509Certificate authority, URI page) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("site", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        Load load = new Load();
        for (int client = 0; client < CLIENTS; client++) {
            load.clients.add(Thread.ofVirtual().start(() -> load.askOn(context, page)));
        }
        return load;
    }

    private void askOn(SSLContext context, URI page) {
        while (!ended.get()) {
            try (HttpClient client = HttpClient.newBuilder()
                    .sslContext(context)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build()) {
                for (int request = 0; request < REQUESTS_OF_A_CONNECTION && !ended.get(); request++) {
                    ask(client, page);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void ask(HttpClient client, URI page) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                failures.add(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
        requests.incrementAndGet();
    }

    /** Returns once so many more requests have been answered or failed. */
    void awaitMore(int count) {
        int until = requests.get() + count;
        Eventually.holds("%d requests".formatted(until), () -> requests.get() >= until);
    }

    int requests() {
        return requests.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        ended.set(true);
        Eventually.holds("an end of all clients", () -> clients.stream().noneMatch(Thread::isAlive));
    }
}
