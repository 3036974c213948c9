package io.nationtech.harmony.agent;

import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** People who ask for a page without a pause, each time over a new connection, and trust one authority alone. */
final class Visitors implements AutoCloseable {
    private static final int HOW_MANY = 3;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final int PATIENCE_MILLIS = 20_000;

    private final SSLContext trusting;
    private final String address;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Set<String> pages = new ConcurrentSkipListSet<>();
    private final List<Thread> all = new ArrayList<>();

    Visitors(Certificate authority, String address) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("site", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        this.trusting = SSLContext.getInstance("TLS");
        this.trusting.init(null, trust.getTrustManagers(), null);
        this.address = address;
        for (int visitor = 0; visitor < HOW_MANY; visitor++) {
            all.add(Thread.ofVirtual().start(this::visit));
        }
    }

    private void visit() {
        while (!ended.get()) {
            try {
                String answer = ask();
                if (isCut(answer)) {
                    cut.incrementAndGet();
                } else if (answer.startsWith("HTTP/1.1 200") || answer.startsWith("HTTP/1.0 200")) {
                    pages.add(answer.substring(answer.indexOf("\r\n\r\n") + 4).strip());
                } else {
                    failures.add(answer);
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
            requests.incrementAndGet();
        }
    }

    /** Its server was killed in the middle of it: what was said already no proxy can take back, and ask another. */
    private static boolean isCut(String answer) {
        Matcher length = LENGTH.matcher(answer);
        int body = answer.indexOf("\r\n\r\n") + 4;
        return length.find() && answer.length() - body < Integer.parseInt(length.group(1));
    }

    private String ask() throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, 443), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket(plain, Shop.HOST, 443, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                .formatted(Shop.HOST)
                                .getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /** Returns once so many more requests have been answered or failed. */
    void awaitMore(int count) {
        int until = requests.get() + count;
        Eventually.holds("%d requests".formatted(until), () -> requests.get() >= until);
    }

    int requests() {
        return requests.get();
    }

    /** How many answers ended too early. */
    int cut() {
        return cut.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** What was got so far, each once. */
    Set<String> pages() {
        return Set.copyOf(pages);
    }

    @Override
    public void close() {
        ended.set(true);
        Eventually.holds("an end of all visits", () -> all.stream().noneMatch(Thread::isAlive));
    }
}
