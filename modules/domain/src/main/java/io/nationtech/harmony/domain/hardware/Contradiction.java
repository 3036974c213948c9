package io.nationtech.harmony.domain.hardware;

/**
 * Two demands that no node can meet together.
 *
 * @param why one clause, as in {@code one processor has one architecture}
 */
public record Contradiction(String first, String second, String why) {
    @Override
    public String toString() {
        return "'%s' and '%s' contradict each other: %s".formatted(first, second, why);
    }
}
