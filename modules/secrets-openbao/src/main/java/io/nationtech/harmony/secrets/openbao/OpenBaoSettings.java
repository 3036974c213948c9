package io.nationtech.harmony.secrets.openbao;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and how to ask OpenBao.
 *
 * @param address scheme, host and port; plain {@code http} only to this machine itself, since tokens and secrets travel
 * @param mount where the KV engine of version 2 is mounted, as in {@code secret}
 * @param folder below which our secrets are, as in {@code harmony/prod}
 * @param namespace where there are namespaces
 * @param authority the certificate, in PEM, of the authority that signed the server's; the platform's authorities otherwise
 * @param timeout how long one request may take; up to 30 s
 */
public record OpenBaoSettings(
        URI address,
        String mount,
        String folder,
        Optional<String> namespace,
        Optional<Path> authority,
        Duration timeout) {
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    public OpenBaoSettings {
        requireSafe(address);
        requirePlace("mount", mount);
        requirePlace("folder", folder);
        namespace.ifPresent(name -> requirePlace("namespace", name));
        if (timeout.compareTo(Duration.ZERO) <= 0 || timeout.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("timeout of %s is outside 0 to %s".formatted(timeout, LONGEST));
        }
    }

    /** The usual settings: mount {@code secret}, 10 s, the platform's authorities. */
    public static OpenBaoSettings of(URI address, String folder) {
        return new OpenBaoSettings(
                address, "secret", folder, Optional.empty(), Optional.empty(), Duration.ofSeconds(10));
    }

    private static void requireSafe(URI address) {
        String host = address.getHost();
        String scheme = address.getScheme();
        if (host == null || scheme == null) {
            throw new InvalidValueException(
                    "'%s' is not a server's address; write it as in https://bao.example.org:8200".formatted(address));
        }
        boolean isPrivate = scheme.equals("https")
                || (scheme.equals("http") && LOOPBACK.matcher(host).matches());
        boolean isPlain = address.getUserInfo() == null && address.getPath().isEmpty() && address.getQuery() == null;
        if (!isPrivate || !isPlain) {
            throw new InvalidValueException(
                    "the address of %s is not safe or not plain; write it as in https://%s:8200".formatted(host, host));
        }
    }

    private static void requirePlace(String kind, String value) {
        if (value.length() > 200 || !PLACE.matcher(value).matches()) {
            throw new InvalidValueException(
                    "%s '%s' is not a path in OpenBao; write it as in harmony/prod".formatted(kind, value));
        }
    }
}
