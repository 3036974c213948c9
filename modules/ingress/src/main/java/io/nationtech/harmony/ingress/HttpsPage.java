package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.spi.SmokeTestSecrets;
import io.nationtech.harmony.domain.value.HttpPath;
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
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A page of a name, as one node gives it over TLS: its fragment, which is never sent, says which. */
record HttpsPage(HttpsUrl url, HttpPath path, IpAddress node) {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int SHOWN = 200;
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    /** Of whoever has none. */
    static final SmokeTestSecrets NO_SECRETS = (secret, _) -> Optional.of(new Cause(
            "secret '%s' is not known here".formatted(secret.name()), "smoke test", "ask where the secret store is"));

    static HttpsPage of(HttpsUrl url, HttpPath path, URI target) {
        return new HttpsPage(url, path, IpAddress.of(target.getFragment()));
    }

    URI target() {
        return URI.create("%s%s#%s".formatted(url, path, node));
    }

    /** Has the site's authority looked up, and what it is trusted for done. */
    Optional<Cause> trusting(SmokeTestSecrets secrets, Function<Certificate, Optional<Cause>> asked) {
        List<Certificate> trusted = new ArrayList<>();
        return secrets.lend(SiteAuthority.SECRET, pem -> certificate(pem).ifPresent(trusted::add))
                .or(() -> trusted.isEmpty()
                        ? Optional.of(new Cause(
                                "secret '%s' holds no certificate".formatted(SiteAuthority.SECRET.name()),
                                "secret store",
                                "make it by `harmony ca create`"))
                        : asked.apply(trusted.getFirst()));
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

    /**
     * Asks for it.
     *
     * @param headers each with its line end
     * @param wrong what is wrong with an answer
     */
    Optional<Cause> ask(Certificate trusted, String headers, Function<Answer, Optional<String>> wrong) {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(node.address(), url.port().number()), CONNECT_MILLIS);
            plain.setSoTimeout(READ_MILLIS);
            try (SSLSocket socket = (SSLSocket) trusting(trusted)
                    .getSocketFactory()
                    .createSocket(plain, url.host().value(), url.port().number(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                return wrong.apply(answer(socket, headers)).map(this::cause);
            }
        } catch (SSLHandshakeException e) {
            return Optional.of(cause(
                    "no TLS for '%s' that the site's authority answers for: %s".formatted(url.host(), e.getMessage())));
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of(cause("no page: " + e));
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

    Cause cause(String what) {
        return new Cause(
                what,
                target().toString(),
                "`harmony status` says how many replicas answer; ask from here: curl --cacert ca.pem --connect-to ::%s %s%s"
                        .formatted(node, url, path));
    }

    /** In HTTP/1.0, which ends with the connection and knows no pieces. */
    private Answer answer(SSLSocket socket, String headers) throws IOException {
        String host = url.isUsual() ? url.host().value() : "%s:%s".formatted(url.host(), url.port());
        socket.getOutputStream()
                .write("GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: harmony\r\nAccept: */*\r\n%s\r\n"
                        .formatted(path, host, headers)
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

    /** What came. */
    record Answer(int status, String body) {
        /** What is wrong with a page that should have a text. */
        Optional<String> lacks(String text) {
            if (status != 200) {
                return Optional.of("the page's status is %d, not 200: \"%s\"".formatted(status, shown()));
            }
            return body.contains(text)
                    ? Optional.empty()
                    : Optional.of("the page does not contain \"%s\" but begins \"%s\"".formatted(text, shown()));
        }

        String shown() {
            return body.substring(0, Math.min(SHOWN, body.length())).strip();
        }
    }
}
