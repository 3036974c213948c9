package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;

/** What holds for the times of probes of all kinds. */
final class ProbeTimes {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private ProbeTimes() {}

    static void require(Duration period, Duration timeout) {
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

    static String text(String what, Probe probe) {
        return "%s every %s, answer within %s".formatted(what, seconds(probe.period()), seconds(probe.timeout()));
    }

    private static String seconds(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
