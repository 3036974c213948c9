package io.nationtech.harmony.rules;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule that does not hold.
 *
 * @param rule its id; the page {@code docs/rules/<id>.md} says why and what to do
 * @param message what is wrong, naming both sides
 * @param where the lines that declare the two sides, in the order of the message; one where there is one side only, or both are on one line
 */
public record Violation(String rule, String message, List<Place> where) {
    public Violation {
        where = List.copyOf(where);
    }

    /** As compilers say it, one line a side. */
    @Override
    public String toString() {
        String others = where.stream()
                .skip(1)
                .map(place -> "%n%s: the other side of it [%s]".formatted(place, rule))
                .collect(Collectors.joining());
        return "%s: %s [%s]%s".formatted(where.getFirst(), message, rule, others);
    }
}
