package io.nationtech.harmony.importer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A value of a source, with where it stands. Scalars are texts: what a number or a switch means is for whoever asks. */
sealed interface Value {
    Set<String> TRUE = Set.of("true", "yes", "on", "1", "y");

    Place at();

    /** Text, as it is written. */
    record Scalar(String value, Place at) implements Value {}

    /** A key without a value, or {@code null}. */
    record Nothing(Place at) implements Value {}

    /** A list. */
    record Items(List<Value> values, Place at) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A mapping, in its order. */
    record Entries(Map<String, Value> values, Place at) implements Value {
        public Entries {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** What stands under a key; nothing where this is no mapping. */
    default Optional<Value> get(String key) {
        return this instanceof Entries entries
                ? Optional.ofNullable(entries.values().get(key)).filter(value -> !(value instanceof Nothing))
                : Optional.empty();
    }

    /** What stands under a key, as text. */
    default Optional<String> text(String key) {
        return get(key).map(Value::text);
    }

    /** A scalar's text, without blanks around it; of anything else, nothing. */
    default String text() {
        return this instanceof Scalar scalar ? scalar.value().strip() : "";
    }

    /** Of a list its values, of one value that. */
    default List<Value> items() {
        return switch (this) {
            case Items items -> items.values();
            case Nothing _ -> List.of();
            case Scalar _, Entries _ -> List.of(this);
        };
    }

    /** Of a mapping its entries. */
    default Map<String, Value> entries() {
        return this instanceof Entries entries ? entries.values() : Map.of();
    }

    /** Whether it is a switch that is on, in the words of YAML 1.1 too. */
    default boolean isTrue() {
        return TRUE.contains(text().toLowerCase(Locale.ROOT));
    }

    /** Whether nothing is said by it. */
    default boolean isEmpty() {
        return switch (this) {
            case Scalar scalar -> scalar.value().isBlank();
            case Nothing _ -> true;
            case Items items -> items.values().isEmpty();
            case Entries entries -> entries.values().isEmpty();
        };
    }

    /**
     * A mapping that may also be written as a list of {@code NAME=value}: an environment, labels. A name alone has no value.
     */
    default Map<String, Value> named() {
        Map<String, Value> named = new LinkedHashMap<>();
        if (this instanceof Entries) {
            named.putAll(entries());
            return named;
        }
        for (Value item : items()) {
            if (item instanceof Entries some) {
                named.putAll(some.values());
                continue;
            }
            String text = item instanceof Scalar scalar ? scalar.value() : "";
            int equals = text.indexOf('=');
            String name = (equals < 0 ? text : text.substring(0, equals)).strip();
            if (!name.isEmpty()) {
                named.put(
                        name, equals < 0 ? new Nothing(item.at()) : new Scalar(text.substring(equals + 1), item.at()));
            }
        }
        return named;
    }

    /** The list with more behind it. */
    default Items and(Value more) {
        List<Value> all = new ArrayList<>(items());
        all.addAll(more.items());
        return new Items(all, at());
    }
}
