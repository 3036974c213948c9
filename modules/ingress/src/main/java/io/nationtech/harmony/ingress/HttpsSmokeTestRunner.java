package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import io.nationtech.harmony.domain.spi.SmokeTestSecrets;
import io.nationtech.harmony.domain.value.IpAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Fetches pages over TLS from a node's address, by the name in the URL. */
public final class HttpsSmokeTestRunner implements SmokeTestRunner<HttpsSmokeTest> {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int SHOWN = 200;
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    /** For {@link java.util.ServiceLoader}. */
    public HttpsSmokeTestRunner() {}

    @Override
    public Class<HttpsSmokeTest> type() {
        return HttpsSmokeTest.class;
    }

    /** The page as people would ask for it; its fragment, which is never sent, says which node is asked. */
    @Override
    public URI target(HttpsSmokeTest test, IpAddress node) {
        return URI.create("%s%s#%s".formatted(test.url(), test.path(), node));
    }

    @Override
    public Optional<Cause> ask(HttpsSmokeTest test, URI page) {
        return Optional.of(cause("no certificate authority is known that its certificate could be of", page));
    }

    @Override
    public Optional<Cause> ask(HttpsSmokeTest test, URI page, SmokeTestSecrets secrets) {
        List<Certificate> trusted = new ArrayList<>();
        return secrets.lend(SiteAuthority.SECRET, pem -> certificate(pem).ifPresent(trusted::add))
                .or(() -> trusted.isEmpty()
                        ? Optional.of(new Cause(
                                "secret '%s' holds no certificate".formatted(SiteAuthority.SECRET.name()),
                                "secret store",
                                "make it by `harmony ca create`"))
                        : ask(test, page, trusted.getFirst()));
    }

    /** What stands beside it, the key, is not looked at. */
    private static Optional<Certificate> certificate(byte[] pem) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            return Optional.empty();
        }
        byte[] block = text.substring(begin, end + END.length()).getBytes(StandardCharsets.US_ASCII);
        try {
            return Optional.of(
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<Cause> ask(HttpsSmokeTest test, URI page, Certificate trusted) {
        IpAddress node = IpAddress.of(page.getFragment());
        try (Socket plain = new Socket()) {
            plain.connect(
                    new InetSocketAddress(node.address(), test.url().port().number()), CONNECT_MILLIS);
            plain.setSoTimeout(READ_MILLIS);
            try (SSLSocket socket = (SSLSocket) trusting(trusted)
                    .getSocketFactory()
                    .createSocket(
                            plain, test.url().host().value(), test.url().port().number(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                return wrong(test, Answer.of(socket, test)).map(what -> cause(what, page));
            }
        } catch (SSLHandshakeException e) {
            return Optional.of(cause(
                    "no TLS for '%s' that the site's authority answers for: %s"
                            .formatted(test.url().host(), e.getMessage()),
                    page));
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of(cause("no page: " + e, page));
        }
    }

    private static SSLContext trusting(Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(SiteAuthority.SECRET.name(), authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Optional<String> wrong(HttpsSmokeTest test, Answer answer) {
        if (answer.status() != 200) {
            return Optional.of("the page's status is %d, not 200: \"%s\"".formatted(answer.status(), shown(answer)));
        }
        return answer.body().contains(test.contains())
                ? Optional.empty()
                : Optional.of(
                        "the page does not contain \"%s\" but begins \"%s\"".formatted(test.contains(), shown(answer)));
    }

    private static String shown(Answer answer) {
        return answer.body()
                .substring(0, Math.min(SHOWN, answer.body().length()))
                .strip();
    }

    private static Cause cause(String what, URI page) {
        return new Cause(
                what,
                page.toString(),
                "`harmony status` says how many replicas answer; ask from here: curl --cacert ca.pem --connect-to ::%s %s"
                        .formatted(
                                page.getFragment(),
                                page.toString().substring(0, page.toString().indexOf('#'))));
    }

    /** A page. */
    private record Answer(int status, String body) {
        /** In HTTP/1.0, which ends with the connection and knows no pieces. */
        static Answer of(SSLSocket socket, HttpsSmokeTest test) throws IOException {
            String host = test.url().isUsual()
                    ? test.url().host().value()
                    : "%s:%s".formatted(test.url().host(), test.url().port());
            socket.getOutputStream()
                    .write("GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: harmony\r\nAccept: */*\r\n\r\n"
                            .formatted(test.path(), host)
                            .getBytes(StandardCharsets.US_ASCII));
            String text = new String(socket.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            String[] first = text.split("[ \r\n]", 3);
            int body = text.indexOf("\r\n\r\n");
            if (first.length < 3 || !first[0].startsWith("HTTP/") || !first[1].matches("[0-9]{3}") || body < 0) {
                throw new IOException(
                        "what answers is no HTTP: '%s'".formatted(text.substring(0, Math.min(SHOWN, text.length()))));
            }
            return new Answer(Integer.parseInt(first[1]), text.substring(body + 4));
        }
    }
}
