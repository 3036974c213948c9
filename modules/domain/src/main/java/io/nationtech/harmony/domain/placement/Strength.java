package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;

/** How much a wish counts. */
public sealed interface Strength {

    /** The work runs nowhere rather than against it. */
    record Required() implements Strength {}

    /**
     * A better place has it, others will do.
     *
     * @param weight 1 to 100; 100 outweighs whether a node is full or empty
     */
    record Preferred(int weight) implements Strength {
        private static final int HEAVIEST = 100;

        public Preferred {
            if (weight < 1 || weight > HEAVIEST) {
                throw new InvalidValueException("weight %d is outside 1..%d".formatted(weight, HEAVIEST));
            }
        }
    }

    /** The work runs nowhere rather than against it. */
    static Strength required() {
        return new Required();
    }

    /**
     * @throws InvalidValueException when {@code weight} is outside 1..100
     */
    static Strength preferred(int weight) {
        return new Preferred(weight);
    }
}
