package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A JSON object being read: every access is checked, and every complaint names the field by its path. */
record Fields(Map<?, ?> values, String path) {

    static Fields of(@Nullable Object json, String path) {
        if (json instanceof Map<?, ?> map) {
            return new Fields(map, path);
        }
        throw new MalformedException(
                path.isEmpty() ? "it is not an object" : "field '%s' is missing or not an object".formatted(path));
    }

    /** A text, read by a value type's factory. */
    <T> T text(String name, Function<String, T> factory) {
        if (values.get(name) instanceof String text) {
            return make(name, factory, text);
        }
        throw new MalformedException("field '%s' is missing or not a text".formatted(at(name)));
    }

    String text(String name) {
        return text(name, Function.identity());
    }

    /** As {@link #text(String, Function)}, empty where the field is missing. */
    <T> Optional<T> textIfAny(String name, Function<String, T> factory) {
        return values.get(name) == null ? Optional.empty() : Optional.of(text(name, factory));
    }

    /** A whole number, read by a value type's factory. */
    <T> T number(String name, Function<Long, T> factory) {
        return switch (values.get(name)) {
            case Integer number -> make(name, factory, number.longValue());
            case Long number -> make(name, factory, number);
            case null, default ->
                throw new MalformedException("field '%s' is missing or not a whole number".formatted(at(name)));
        };
    }

    /** As {@link #number}, empty where the field is missing. */
    <T> Optional<T> numberIfAny(String name, Function<Long, T> factory) {
        return values.get(name) == null ? Optional.empty() : Optional.of(number(name, factory));
    }

    List<Integer> integers(String name) {
        return list(name).stream()
                .map(item -> {
                    if (item instanceof Integer number) {
                        return number;
                    }
                    throw new MalformedException(
                            "field '%s' has an item that is not a whole number".formatted(at(name)));
                })
                .toList();
    }

    int integer(String name) {
        return number(name, Math::toIntExact);
    }

    <T> T object(String name, Function<Fields, T> reader) {
        return whole(of(values.get(name), at(name)), reader);
    }

    /** What holds for an object as a whole is told with its path. */
    private static <T> T whole(Fields fields, Function<Fields, T> reader) {
        try {
            return reader.apply(fields);
        } catch (InvalidValueException e) {
            throw new MalformedException("field '%s': %s".formatted(fields.path, e.getMessage()));
        }
    }

    <T> Optional<T> optional(String name, Function<Fields, T> reader) {
        return values.get(name) == null ? Optional.empty() : Optional.of(object(name, reader));
    }

    <T> List<T> objects(String name, Function<Fields, T> reader) {
        List<?> list = list(name);
        return IntStream.range(0, list.size())
                .mapToObj(i -> whole(of(list.get(i), "%s[%d]".formatted(at(name), i)), reader))
                .toList();
    }

    <T> List<T> texts(String name, Function<String, T> factory) {
        return list(name).stream()
                .map(item -> {
                    if (item instanceof String text) {
                        return make(name, factory, text);
                    }
                    throw new MalformedException("field '%s' has an item that is not a text".formatted(at(name)));
                })
                .toList();
    }

    /** As {@link #objects}, none where the field is missing. */
    <T> List<T> objectsIfAny(String name, Function<Fields, T> reader) {
        return values.get(name) == null ? List.of() : objects(name, reader);
    }

    /** As {@link #texts}, none where the field is missing. */
    <T> List<T> textsIfAny(String name, Function<String, T> factory) {
        return values.get(name) == null ? List.of() : texts(name, factory);
    }

    private List<?> list(String name) {
        if (values.get(name) instanceof List<?> list) {
            return list;
        }
        throw new MalformedException("field '%s' is missing or not a list".formatted(at(name)));
    }

    private <A, T> T make(String name, Function<A, T> factory, A argument) {
        try {
            return factory.apply(argument);
        } catch (InvalidValueException | ArithmeticException e) {
            throw new MalformedException("field '%s': %s".formatted(at(name), e.getMessage()));
        }
    }

    UnknownWordException unknown(String name) {
        return new UnknownWordException(
                "field '%s' is '%s', which is not known here".formatted(at(name), values.get(name)));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
