package io.nationtech.harmony.form;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** Values as people read them: by the text that their type has, else by the names of their parts. */
final class PeopleText {
    private static final String NOTHING = "–";

    private PeopleText() {}

    static String of(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(PeopleText::of).orElse(NOTHING);
            case Set<?> set
            when !set.isEmpty() -> set.stream().map(PeopleText::of).sorted().collect(Collectors.joining(", "));
            case Collection<?> all ->
                all.isEmpty() ? NOTHING : all.stream().map(PeopleText::of).collect(Collectors.joining(", "));
            case Map<?, ?> map ->
                map.isEmpty()
                        ? NOTHING
                        : map.entrySet().stream()
                                .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
                                .sorted()
                                .collect(Collectors.joining(", "));
            case Enum<?> constant
            when constant.toString().equals(constant.name()) ->
                constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            case Record record
            when !hasOwnText(record) && !Parts.of(record.getClass()).isEmpty() ->
                fields(record).entrySet().stream()
                        .map(field -> field.getKey() + " " + field.getValue())
                        .collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    /** What is not at its default, by path. */
    static SequencedMap<String, String> fields(Object value) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        collect("", value, fields);
        return fields;
    }

    private static void collect(String path, Object value, SequencedMap<String, String> fields) {
        Parts.of(value.getClass()).forEach((name, accessor) -> {
            Object part = Calls.get(accessor, value);
            if (Defaults.of(accessor.getReturnType()).filter(part::equals).isPresent()) {
                return;
            }
            Object inner = part instanceof Optional<?> optional ? optional.orElseThrow() : part;
            String at = path.isEmpty() ? name : path + "." + name;
            if (inner instanceof Record record
                    && !hasOwnText(record)
                    && !Parts.of(record.getClass()).isEmpty()) {
                collect(at, inner, fields);
            } else {
                fields.put(at, onOneLine(of(inner)));
            }
        });
    }

    private static String onOneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }

    /** Whether somebody wrote its text: what the compiler writes begins with the type's name. */
    private static boolean hasOwnText(Record record) {
        return !record.toString().startsWith(record.getClass().getSimpleName() + "[");
    }
}
