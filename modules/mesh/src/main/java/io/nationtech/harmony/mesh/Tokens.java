package io.nationtech.harmony.mesh;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import java.util.regex.Pattern;

/** The parts of keys and subjects: no dot, no wildcard, no blank. */
final class Tokens {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST = 8;

    private Tokens() {}

    static List<String> require(String kind, List<String> tokens) {
        if (tokens.size() > MOST) {
            throw new InvalidValueException("%s '%s' has more than %d parts".formatted(kind, join(tokens), MOST));
        }
        for (String token : tokens) {
            if (!FORM.matcher(token).matches()) {
                throw new InvalidValueException("'%s' in %s '%s' is not 1 to 64 of A-Z, a-z, 0-9, '_' and '-'"
                        .formatted(token, kind, join(tokens)));
            }
        }
        return List.copyOf(tokens);
    }

    static List<String> split(String text) {
        return List.of(text.split("\\.", -1));
    }

    static String join(List<String> tokens) {
        return String.join(".", tokens);
    }
}
