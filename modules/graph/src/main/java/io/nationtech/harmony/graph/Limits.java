package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;

/**
 * How long and how often a driver is asked.
 *
 * @param deadline of one call; longer than zero
 * @param attempts at a call whose failure is transient; 1 to 20
 * @param firstPause before the second attempt; doubles with each further one
 */
public record Limits(Duration deadline, int attempts, Duration firstPause) {
    private static final int MOST = 20;

    public Limits {
        if (!deadline.isPositive() || firstPause.isNegative() || attempts < 1 || attempts > MOST) {
            throw new InvalidValueException(
                    "limits: deadline %s must be positive, pause %s not negative, attempts %d in 1..%d"
                            .formatted(deadline, firstPause, attempts, MOST));
        }
    }

    /** A minute a call, five attempts, first after 200 ms. */
    public static Limits usual() {
        return new Limits(Duration.ofMinutes(1), 5, Duration.ofMillis(200));
    }
}
