package io.nationtech.harmony.config;

import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a text becomes a value of a type: by a codec that was given, of the platform's types, or by the type's own factory. */
final class Codecs {
    private static final Map<Class<?>, Codec<?>> PLATFORM = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(int.class, Codecs::wholeNumber),
            Map.entry(Integer.class, Codecs::wholeNumber),
            Map.entry(long.class, Codecs::largeNumber),
            Map.entry(Long.class, Codecs::largeNumber),
            Map.entry(boolean.class, Codecs::truth),
            Map.entry(Boolean.class, Codecs::truth),
            Map.entry(Duration.class, Codecs::duration),
            Map.entry(Path.class, Path::of),
            Map.entry(URI.class, URI::create));

    private final Map<Class<?>, Codec<?>> known;

    private Codecs(Map<Class<?>, Codec<?>> known) {
        this.known = Map.copyOf(known);
    }

    static Codecs platform() {
        return new Codecs(PLATFORM);
    }

    <T> Codecs with(Class<T> type, Codec<T> codec) {
        Map<Class<?>, Codec<?>> more = new HashMap<>(known);
        more.put(type, codec);
        return new Codecs(more);
    }

    Optional<Codec<?>> of(Class<?> type) {
        Codec<?> codec = known.get(type);
        if (codec != null) {
            return Optional.of(codec);
        }
        if (type.isEnum()) {
            return Optional.of(text -> constant(type, text));
        }
        return Stream.<Optional<Codec<?>>>of(
                        Access.factory(type, "of", String.class).map(factory -> text -> call(factory, text)),
                        Access.factory(type, "of", int.class).map(factory -> text -> call(factory, wholeNumber(text))),
                        Access.factory(type, "of", long.class).map(factory -> text -> call(factory, largeNumber(text))),
                        Access.factory(type, "parse", String.class).map(factory -> text -> call(factory, text)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Object call(MethodHandle factory, Object argument) {
        try {
            return factory.invoke(argument);
        } catch (IllegalArgumentException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException(e.getMessage(), e); // such as a DateTimeParseException
        }
    }

    private static int wholeNumber(String text) {
        return number(text, Integer::parseInt, "%d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static long largeNumber(String text) {
        return number(text, Long::parseLong, "%d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static <T> T number(String text, Function<String, T> parser, String bounds) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is not a whole number of %s".formatted(text, bounds));
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'%s' is neither true nor false".formatted(text));
        };
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'%s' is not a duration; write it as in PT30S or PT5M (ISO 8601)".formatted(text));
        }
    }

    private static Object constant(Class<?> type, String text) {
        Object[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is none of: %s"
                        .formatted(
                                text, Arrays.stream(constants).map(Codecs::word).collect(Collectors.joining(", ")))));
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
