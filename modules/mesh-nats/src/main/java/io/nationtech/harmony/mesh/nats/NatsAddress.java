package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Where a NATS server listens: {@code nats://host:port}, or {@code tls://host:port}; the port is 4222 unless named. */
public record NatsAddress(URI uri) {
    private static final int USUAL_PORT = 4222;
    private static final Set<String> SCHEMES = Set.of("nats", "tls");

    /**
     * Reads an address.
     *
     * @throws InvalidValueException when it is none
     */
    public static NatsAddress parse(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "nats://" + text);
            if (!SCHEMES.contains(uri.getScheme())
                    || uri.getHost() == null
                    || !uri.getPath().isEmpty()) {
                throw refused(text);
            }
            int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
            return new NatsAddress(new URI(uri.getScheme(), uri.getUserInfo(), uri.getHost(), port, null, null, null));
        } catch (URISyntaxException e) {
            throw refused(text);
        }
    }

    private static InvalidValueException refused(String text) {
        return new InvalidValueException("'%s' is not a mesh address; write nats://host:port".formatted(text));
    }

    /** Without user information, which may be a secret. */
    @Override
    public String toString() {
        return "%s://%s:%d".formatted(uri.getScheme(), uri.getHost(), uri.getPort());
    }
}
