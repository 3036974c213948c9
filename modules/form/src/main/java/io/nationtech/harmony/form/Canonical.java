package io.nationtech.harmony.form;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A form as one text: equal forms have equal texts, and others have others. */
final class Canonical {
    private Canonical() {}

    static String text(Object form) {
        return switch (form) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(Canonical::text).collect(Collectors.joining(",", "[", "]"));
            case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            default -> form.toString();
        };
    }
}
