package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a NATS server listens: {@code nats://host:port}, or {@code tls://host:port}; the port is 4222 unless named. Before the
 * host, {@code user:password@} or {@code token@} may stand, which is never shown.
 */
public final class NatsAddress {
    private static final int USUAL_PORT = 4222;
    private static final String TLS = "tls";
    private static final Set<String> SCHEMES = Set.of("nats", TLS);

    private final URI uri;
    private final Optional<String> userInfo;

    private NatsAddress(URI uri, Optional<String> userInfo) {
        this.uri = uri;
        this.userInfo = userInfo;
    }

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
            return new NatsAddress(
                    new URI(uri.getScheme(), null, uri.getHost(), port, null, null, null),
                    Optional.ofNullable(uri.getRawUserInfo()));
        } catch (URISyntaxException e) {
            throw refused(text);
        }
    }

    /** What stands before the last '@' may be a password, also in what is no address. */
    private static InvalidValueException refused(String text) {
        return new InvalidValueException("'%s' is not a mesh address; write nats://host:port or tls://host:port"
                .formatted(text.substring(text.lastIndexOf('@') + 1)));
    }

    /** The address alone, without user information. */
    public URI uri() {
        return uri;
    }

    /** Whether it asks for TLS. */
    boolean isSecure() {
        return uri.getScheme().equals(TLS);
    }

    /** Undone of its escapes part by part, as a password may have a colon. */
    Optional<Credentials> credentials() {
        return userInfo.map(text -> {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Credentials.Token(unescaped(text))
                    : new Credentials.Password(
                            unescaped(text.substring(0, colon)), unescaped(text.substring(colon + 1)));
        });
    }

    private static String unescaped(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Who asks to be let in. */
    sealed interface Credentials {

        /** A user. */
        record Password(String user, String password) implements Credentials {
            @Override
            public String toString() {
                return "a user";
            }
        }

        /** Whoever has this. */
        record Token(String token) implements Credentials {
            @Override
            public String toString() {
                return "a token";
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NatsAddress address && uri.equals(address.uri) && userInfo.equals(address.userInfo);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, userInfo);
    }

    /** Without user information, which may be a secret. */
    @Override
    public String toString() {
        return "%s://%s:%d".formatted(uri.getScheme(), uri.getHost(), uri.getPort());
    }
}
