package io.nationtech.harmony.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives tokens that a registry trusts, as those of public registries do: JSON Web Tokens, signed (distribution: "Token Authentication"). */
final class TokenGiver implements AutoCloseable {
    private static final String ADA =
            Base64.getEncoder().encodeToString("ada:correct horse".getBytes(StandardCharsets.UTF_8));

    private final ServerSocket server;
    private final PrivateKey key;
    private final String certificate;
    private final Set<String> open;
    final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param open repositories that it gives tokens for to anybody
     */
    TokenGiver(Path key, Path certificate, Set<String> open) {
        try {
            this.key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pem(key)));
            this.certificate = Base64.getEncoder().encodeToString(pem(certificate));
            this.open = open;
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            Thread.startVirtualThread(this::serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String realm() {
        return "http://127.0.0.1:%d/token".formatted(server.getLocalPort());
    }

    private static byte[] pem(Path file) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----.*-----", ""));
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    BufferedReader asks = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                String first = asks.readLine();
                boolean isKnown = false;
                for (String line = asks.readLine(); line != null && !line.isEmpty(); line = asks.readLine()) {
                    isKnown |= line.equalsIgnoreCase("Authorization: Basic " + ADA);
                }
                String query = URLDecoder.decode(first.split(" ")[1], StandardCharsets.UTF_8);
                asked.add(query);
                socket.getOutputStream()
                        .write(answer(query.replaceFirst(".*scope=repository:([^:]*):pull.*", "$1"), isKnown)
                                .getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // Whoever asked went away, or the test is over.
            }
        }
    }

    private String answer(String repository, boolean isKnown) {
        String body = isKnown || open.contains(repository) ? "{\"token\":\"%s\"}".formatted(token(repository)) : "";
        return "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(body.isEmpty() ? "401 Unauthorized" : "200 OK", body.length(), body);
    }

    private String token(String repository) {
        long now = Instant.now().getEpochSecond();
        String head = encoded("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"%s\"]}".formatted(certificate));
        String claims = encoded("""
                {"iss":"giver","sub":"","aud":"images","exp":%d,"nbf":%d,"iat":%d,"jti":"1",\
                "access":[{"type":"repository","name":"%s","actions":["pull"]}]}""".formatted(now + 60, now - 60, now, repository));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update("%s.%s".formatted(head, claims).getBytes(StandardCharsets.UTF_8));
            return "%s.%s.%s"
                    .formatted(
                            head,
                            claims,
                            Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
