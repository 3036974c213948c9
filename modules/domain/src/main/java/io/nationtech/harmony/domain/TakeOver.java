package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;

/**
 * When a standby takes over.
 *
 * @param after how long the primary must be silent; longer than it takes to count a node as lost
 *     ({@link Liveness#LOST_AFTER}) and to be seen so
 */
public record TakeOver(Duration after) {
    private static final Duration BOUND = Liveness.LOST_AFTER.plus(Liveness.LOOKING_PERIOD);

    public TakeOver {
        if (after.compareTo(BOUND) <= 0) {
            throw new InvalidValueException(
                            "a take-over after %s is too early: a node counts as lost after %s, and that is seen up to %s later"
                                    .formatted(after, Liveness.LOST_AFTER, Liveness.LOOKING_PERIOD))
                    .suggesting(BOUND.multipliedBy(2).toString());
        }
    }

    /**
     * @throws InvalidValueException when the standby would take over from a primary that is not lost
     */
    public static TakeOver after(Duration silence) {
        return new TakeOver(silence);
    }
}
