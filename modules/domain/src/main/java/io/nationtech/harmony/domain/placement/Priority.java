package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;

/**
 * What goes first when there is too little: work of a higher priority may end work of a lower one to get its place. 0 to 1000,
 * {@link #USUAL} for what says nothing.
 */
public record Priority(int value) implements Comparable<Priority> {
    private static final int HIGHEST = 1_000;

    /** What work has that says nothing. */
    public static final Priority USUAL = new Priority(100);

    public Priority {
        if (value < 0 || value > HIGHEST) {
            throw new InvalidValueException("priority %d is outside 0..%d".formatted(value, HIGHEST));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is outside 0..1000
     */
    public static Priority of(int value) {
        return new Priority(value);
    }

    @Override
    public int compareTo(Priority other) {
        return Integer.compare(value, other.value);
    }
}
