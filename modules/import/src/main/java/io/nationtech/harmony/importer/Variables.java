package io.nationtech.harmony.importer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compose's variables: {@code $NAME}, {@code ${NAME}}, with defaults, errors and alternatives, and these within each other. What has no value, or is a
 * secret by its name, stays open as a hole.
 */
final class Variables {
    private static final int MOST_LEVELS = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(.*)");

    private final Map<String, String> given;
    private final Map<String, String> secrets = new LinkedHashMap<>();

    Variables(Map<String, String> given) {
        this.given = new LinkedHashMap<>(given);
    }

    /** The value of a hole, where it is known. */
    Optional<String> valueOf(String hole) {
        return Optional.ofNullable(secrets.get(hole)).or(() -> Optional.ofNullable(given.get(hole)));
    }

    /** With the values of holes where they are known: for what is no secret wherever it comes from, as a port or a path. */
    String filled(String text) {
        return Holes.filled(text, name -> valueOf(name).orElse(Holes.hole(name)));
    }

    /**
     * A value with all variables of its texts replaced.
     *
     * @throws RefusedSourceException when a text is not written as compose wants it
     */
    Value expanded(Value value) {
        return switch (value) {
            case Value.Scalar(String text, Place at) -> new Value.Scalar(expanded(text, at), at);
            case Value.Nothing nothing -> nothing;
            case Value.Items items ->
                new Value.Items(items.values().stream().map(this::expanded).toList(), items.at());
            case Value.Entries entries -> {
                Map<String, Value> values = new LinkedHashMap<>();
                entries.values().forEach((key, one) -> values.put(key, expanded(one)));
                yield new Value.Entries(values, entries.at());
            }
        };
    }

    String expanded(String text, Place at) {
        if (Holes.isMarked(text)) {
            throw new RefusedSourceException(
                    at, "the text has U+E000 or U+E001 in it, which are nobody's characters", "leave them out");
        }
        return expanded(text, at, 0);
    }

    private String expanded(String text, Place at, int level) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        if (level > MOST_LEVELS) {
            throw malformed(
                    at, "variables stand in each other's defaults more than %d levels deep".formatted(MOST_LEVELS));
        }
        StringBuilder result = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char character = text.charAt(i);
            if (character != '$' || i + 1 == text.length()) {
                result.append(character);
                i++;
                continue;
            }
            char next = text.charAt(i + 1);
            if (next == '$') {
                result.append('$');
                i += 2;
            } else if (next == '{') {
                int end = closing(text, i + 2);
                if (end < 0) {
                    throw malformed(at, "a ${ has no } to it");
                }
                result.append(braced(text.substring(i + 2, end), at, level));
                i = end + 1;
            } else {
                var name = NAME.matcher(text).region(i + 1, text.length());
                if (name.lookingAt()) {
                    result.append(plain(name.group()));
                    i = name.end();
                } else {
                    // Compose refuses this; what is meant is plain enough.
                    result.append('$');
                    i++;
                }
            }
        }
        return result.toString();
    }

    private static RefusedSourceException malformed(Place at, String what) {
        return new RefusedSourceException(
                at, what, "write variables as ${NAME} or ${NAME:-default}, and a dollar as $$");
    }

    private static int closing(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '{' && text.charAt(i - 1) == '$') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private String braced(String inner, Place at, int level) {
        var name = NAME.matcher(inner);
        if (!name.lookingAt()) {
            throw malformed(at, "a variable has no name that can be one");
        }
        String variable = name.group();
        String rest = inner.substring(name.end());
        if (rest.isEmpty()) {
            return plain(variable);
        }
        boolean emptyIsNone = rest.startsWith(":");
        String operation = emptyIsNone ? rest.substring(1) : rest;
        if (operation.isEmpty()) {
            return plain(variable);
        }
        String argument = operation.substring(1);
        Optional<String> value =
                Optional.ofNullable(given.get(variable)).filter(text -> !emptyIsNone || !text.isEmpty());
        return switch (operation.charAt(0)) {
            case '-' -> value.isPresent() ? plain(variable) : withDefault(variable, expanded(argument, at, level + 1));
            case '?' -> value.isPresent() ? plain(variable) : Holes.hole(variable);
            case '+' -> value.isPresent() ? expanded(argument, at, level + 1) : "";
            default -> throw malformed(at, "variable %s is followed by what compose does not know".formatted(variable));
        };
    }

    private String plain(String variable) {
        String value = given.get(variable);
        if (value == null) {
            return Holes.hole(variable);
        }
        return withDefault(variable, value);
    }

    private String withDefault(String variable, String value) {
        if (!SecretWords.isSecret(variable, value) || Holes.isIn(value)) {
            return value;
        }
        secrets.put(variable, value);
        return Holes.hole(variable);
    }

    /** The lines of an environment file. What a shell would run to know a value has none. */
    static Map<String, String> file(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            var matcher = LINE.matcher(line);
            if (line.isBlank() || line.stripLeading().startsWith("#") || !matcher.matches()) {
                continue;
            }
            String value = unquoted(matcher.group(2).strip());
            if (!value.contains("$(") && value.indexOf('`') < 0 && !Holes.isMarked(value)) {
                values.put(matcher.group(1), value);
            }
        }
        return values;
    }

    private static String unquoted(String value) {
        if (!value.isEmpty() && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
            int end = value.indexOf(value.charAt(0), 1);
            return end > 0 ? value.substring(1, end) : value;
        }
        return value.replaceFirst("(^|\\s+)#.*$", "");
    }
}
