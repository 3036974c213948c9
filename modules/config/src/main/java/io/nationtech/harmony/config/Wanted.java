package io.nationtech.harmony.config;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A configuration that a program needs.
 *
 * @param type its schema; {@code SmtpConfig} has the keys {@code smtp.…}
 * @param instance which one, where there are several
 */
public record Wanted<R extends Record>(Class<R> type, Optional<InstanceName> instance) {

    /** The only one of its kind. */
    public static <R extends Record> Wanted<R> of(Class<R> type) {
        return new Wanted<>(type, Optional.empty());
    }

    /** One of several of its kind. */
    public static <R extends Record> Wanted<R> of(Class<R> type, InstanceName instance) {
        return new Wanted<>(type, Optional.of(instance));
    }

    ConfigKey prefix() {
        String name = type.getSimpleName().replaceFirst("(?<=.)(Config|Settings)$", "");
        return new ConfigKey(Stream.concat(Stream.of(ConfigKey.kebab(name)), instance.map(InstanceName::value).stream())
                .toList());
    }

    @Override
    public String toString() {
        return type.getSimpleName() + instance.map(name -> " '" + name + "'").orElse("");
    }
}
