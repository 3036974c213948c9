package io.nationtech.harmony.rules;

import java.util.List;

/**
 * What a rule found.
 *
 * @param message naming both sides
 * @param sides the values that declare them, as they name themselves in the source
 */
public record Finding(String message, List<Record> sides) {
    public Finding {
        sides = List.copyOf(sides);
    }

    /** One that lies between two. */
    public static Finding of(String message, Record first, Record second) {
        return new Finding(message, List.of(first, second));
    }

    /** One about one alone. */
    public static Finding of(String message, Record only) {
        return new Finding(message, List.of(only));
    }
}
