package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Port;
import java.time.Duration;

/**
 * Asks a container for a page; it is healthy when the answer's status is 200 to 399.
 *
 * @param port the port at the node's address; one that the container publishes
 * @param period from one question to the next; 1 s to 1 h, in whole milliseconds
 * @param timeout how long an answer may take; at least 1 ms, shorter than the period, in whole milliseconds
 */
public record HttpProbe(Port port, HttpPath path, Duration period, Duration timeout) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    public HttpProbe {
        if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("probe period %s is outside %s..%s".formatted(period, SHORTEST, LONGEST))
                    .about(period);
        }
        if (!period.equals(Duration.ofMillis(period.toMillis()))
                || !timeout.equals(Duration.ofMillis(timeout.toMillis()))) {
            throw new InvalidValueException(
                    "probe period %s and timeout %s must be whole milliseconds, as they travel so"
                            .formatted(period, timeout));
        }
        if (!timeout.isPositive() || timeout.compareTo(period) >= 0) {
            throw new InvalidValueException("probe timeout %s must be longer than zero and shorter than the period %s"
                            .formatted(timeout, period))
                    .about(timeout);
        }
    }

    /** What is asked and how often, on one line for people. */
    @Override
    public String toString() {
        return "GET :%s%s every %s, answer within %s".formatted(port, path, seconds(period), seconds(timeout));
    }

    private static String seconds(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** A probe every ten seconds that waits two for its answer. */
    public static HttpProbe of(Port port, HttpPath path) {
        return new HttpProbe(port, path, Duration.ofSeconds(10), Duration.ofSeconds(2));
    }
}
