package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A JSON object being read: every access is checked, and every complaint names the field by its path. */
final class Fields {
    /** So many unknown names are told; a complaint must stay short. */
    private static final int TOLD = 5;

    private static final int LONGEST = 60;

    private final Map<?, ?> values;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    private Fields(Map<?, ?> values, String path) {
        this.values = values;
        this.path = path;
    }

    static Fields of(Object json) {
        return of(json, "");
    }

    private static Fields of(@Nullable Object json, String path) {
        if (json instanceof Map<?, ?> map) {
            return new Fields(map, path);
        }
        throw new MalformedException(
                path.isEmpty() ? "it is not an object" : "field '%s' is missing or not an object".formatted(path));
    }

    /** What a reader makes of the whole object, once it has asked for every field that is there. */
    <T> T all(Function<Fields, T> reader) {
        T value = reader.apply(this);
        List<String> left = values.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !asked.contains(name))
                .toList();
        if (!left.isEmpty()) {
            throw new MalformedException("%s not known here: it was written by a newer version, or misspelt"
                    .formatted(
                            left.size() == 1
                                    ? "field %s is".formatted(names(left))
                                    : "fields %s are".formatted(names(left))));
        }
        return value;
    }

    private String names(List<String> fields) {
        String told = fields.stream()
                .limit(TOLD)
                .map(name -> "'%s'".formatted(at(name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name)))
                .collect(Collectors.joining(", "));
        return fields.size() > TOLD ? "%s and %d more".formatted(told, fields.size() - TOLD) : told;
    }

    private @Nullable Object ask(String name) {
        asked.add(name);
        return values.get(name);
    }

    /** A text, read by a value type's factory. */
    <T> T text(String name, Function<String, T> factory) {
        if (ask(name) instanceof String text) {
            return make(name, factory, text);
        }
        throw new MalformedException("field '%s' is missing or not a text".formatted(at(name)));
    }

    String text(String name) {
        return text(name, Function.identity());
    }

    /** As {@link #text(String, Function)}, empty where the field is missing. */
    <T> Optional<T> textIfAny(String name, Function<String, T> factory) {
        return ask(name) == null ? Optional.empty() : Optional.of(text(name, factory));
    }

    /** A whole number, read by a value type's factory. */
    <T> T number(String name, Function<Long, T> factory) {
        return switch (ask(name)) {
            case Integer number -> make(name, factory, number.longValue());
            case Long number -> make(name, factory, number);
            case null, default ->
                throw new MalformedException("field '%s' is missing or not a whole number".formatted(at(name)));
        };
    }

    <T> T object(String name, Function<Fields, T> reader) {
        return whole(of(ask(name), at(name)), reader);
    }

    /** What holds for an object as a whole is told with its path. */
    private static <T> T whole(Fields fields, Function<Fields, T> reader) {
        try {
            return fields.all(reader);
        } catch (InvalidValueException e) {
            throw new MalformedException("field '%s': %s".formatted(fields.path, e.getMessage()));
        }
    }

    <T> Optional<T> optional(String name, Function<Fields, T> reader) {
        return ask(name) == null ? Optional.empty() : Optional.of(object(name, reader));
    }

    <T> List<T> objects(String name, Function<Fields, T> reader) {
        List<?> list = list(name);
        return IntStream.range(0, list.size())
                .mapToObj(i -> whole(of(list.get(i), "%s[%d]".formatted(at(name), i)), reader))
                .toList();
    }

    /** As {@link #objects}, none where the field is missing. */
    <T> List<T> objectsIfAny(String name, Function<Fields, T> reader) {
        return ask(name) == null ? List.of() : objects(name, reader);
    }

    private List<?> list(String name) {
        if (ask(name) instanceof List<?> list) {
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

    MalformedException unknown(String name) {
        return new MalformedException("field '%s' is '%s', which is not known here".formatted(at(name), ask(name)));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
