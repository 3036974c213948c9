package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Where a server of the mesh listens: {@code tls://host}, {@code tls://host:port}, or the same with {@code nats://}. */
public record MeshServer(URI uri) {
    private static final Set<String> SCHEMES = Set.of("nats", "tls");

    /**
     * @throws InvalidValueException when it is none; what stands before an '@' may be a password, and is not repeated
     */
    public static MeshServer of(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return new MeshServer(uri);
            }
        } catch (URISyntaxException e) {
            // Told below, without the text that this would repeat.
        }
        throw new InvalidValueException("'%s' is not a server of the mesh; write tls://host or tls://host:port"
                .formatted(text.substring(text.lastIndexOf('@') + 1)));
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
