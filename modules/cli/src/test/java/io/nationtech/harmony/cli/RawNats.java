package io.nationtech.harmony.cli;

import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.nats.identity.Login;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Speaks NATS' protocol by hand, so that what a server refuses is heard at once and not by waiting in vain. */
final class RawNats implements AutoCloseable {
    private static final Pattern NONCE = Pattern.compile("\"nonce\":\"([^\"]+)\"");
    private static final Pattern REFUSED = Pattern.compile("-ERR 'Permissions Violation for (\\w+) to \"([^\"]+)\".*");

    private final Socket socket;
    private final BufferedReader lines;

    private RawNats(Socket socket) throws IOException {
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Who that login names. */
    static RawNats connect(String url, Path authority, Path login) throws Exception {
        URI place = URI.create(url);
        Socket plain = new Socket(InetAddress.getByName(place.getHost()), place.getPort());
        StringBuilder greeting = new StringBuilder();
        for (int next = plain.getInputStream().read();
                next != '\n';
                next = plain.getInputStream().read()) {
            greeting.append((char) next);
        }
        Matcher nonce = NONCE.matcher(greeting);
        if (!nonce.find()) {
            throw new IOException("no server with logins: " + greeting);
        }
        RawNats raw = new RawNats(
                trusting(authority).getSocketFactory().createSocket(plain, place.getHost(), place.getPort(), true));
        try (Login own = Login.readFile(login)) {
            byte[] signature = own.key().sign(nonce.group(1).getBytes(StandardCharsets.US_ASCII));
            raw.send("CONNECT {\"verbose\":false,\"protocol\":1,\"jwt\":\"%s\",\"sig\":\"%s\"}\r\n"
                    .formatted(
                            own.token(), Base64.getUrlEncoder().withoutPadding().encodeToString(signature)));
        }
        return raw;
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "mesh", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Which of these subjects may not be written to. */
    List<String> refusedToPublish(Stream<String> subjects) throws IOException {
        StringBuilder all = new StringBuilder();
        subjects.forEach(subject -> all.append("PUB %s 0\r\n\r\n".formatted(subject)));
        return refused(all.toString());
    }

    /** Which of these subjects may not be heard. */
    List<String> refusedToSubscribe(Stream<String> subjects) throws IOException {
        List<String> words = subjects.toList();
        StringBuilder all = new StringBuilder();
        for (int at = 0; at < words.size(); at++) {
            all.append("SUB %s %d\r\n".formatted(words.get(at), at + 1));
        }
        return refused(all.toString());
    }

    private List<String> refused(String words) throws IOException {
        send(words + "PING\r\n");
        List<String> refused = new ArrayList<>();
        for (String line = lines.readLine(); !"PONG".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the server closed the connection");
            }
            Matcher matcher = REFUSED.matcher(line);
            if (matcher.matches()) {
                refused.add(matcher.group(2));
            }
        }
        return refused;
    }

    /** Waits for the server to end the connection. */
    void awaitEnd() {
        Eventually.holds("the connection ends", () -> {
            try {
                return lines.readLine() == null;
            } catch (IOException e) {
                return true;
            }
        });
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
