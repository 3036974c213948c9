package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.value.SecretRef;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The name of one value, of words in lower case: {@code smtp.max-connections} in a file, {@code HARMONY_SMTP_MAX_CONNECTIONS} in
 * the environment, {@code smtp-max-connections} in a secret store.
 */
public record ConfigKey(List<String> segments) implements Comparable<ConfigKey> {
    public ConfigKey {
        segments = List.copyOf(segments);
    }

    /** The key of a component below this one. */
    ConfigKey child(String javaName) {
        return new ConfigKey(
                Stream.concat(segments.stream(), Stream.of(kebab(javaName))).toList());
    }

    /** The name in a configuration file. */
    public String property() {
        return String.join(".", segments);
    }

    /** The name of the environment variable. */
    public String variable() {
        return "HARMONY_" + String.join("_", segments).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The name in a secret store. */
    public SecretRef secret() {
        return SecretRef.parse(String.join("-", segments));
    }

    /** {@code maxTLSVersion} becomes {@code max-tls-version}. */
    static String kebab(String javaName) {
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(ConfigKey other) {
        return property().compareTo(other.property());
    }

    @Override
    public String toString() {
        return property();
    }
}
