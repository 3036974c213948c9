package io.nationtech.harmony.form;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One text that equal values share, in every process, and that others do not. */
public final class Canonical {
    private Canonical() {}

    /**
     * The text of a record, a collection or a value with a text of its own: unlike {@code toString()}, sets and maps stand in a fixed order.
     * Components at their defaults stand in it too; {@link RecordForm#canonical} leaves them out, so that it lasts when a component is added.
     */
    public static String text(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                braced(map.entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                        .sorted());
            case Set<?> set -> listed(set.stream().map(Canonical::text).sorted());
            case Collection<?> all -> listed(all.stream().map(Canonical::text));
            case Optional<?> optional -> listed(optional.stream().map(Canonical::text));
            case Record record
            when !Parts.of(record.getClass()).isEmpty() ->
                record.getClass().getSimpleName()
                        + braced(Parts.of(record.getClass()).entrySet().stream()
                                .map(part -> part.getKey() + ":" + text(Calls.get(part.getValue(), record))));
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        };
    }

    private static String braced(Stream<String> fields) {
        return fields.collect(Collectors.joining(",", "{", "}"));
    }

    private static String listed(Stream<String> items) {
        return items.collect(Collectors.joining(",", "[", "]"));
    }
}
