package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;

/**
 * From when on a probe's failures count. A good answer ends the series.
 *
 * @param startup how long a container may take for its first good answer before failures make it start again; until then it is asked
 *     each second. 0 s to 1 h, in whole seconds
 * @param readiness after how many failures in a row it is unhealthy: what stands before it can send nobody there; 1 to 100
 * @param liveness after how many failures in a row it is started again; 1 to 100
 */
public record HealthThresholds(Duration startup, int readiness, int liveness) {
    private static final Duration LONGEST_STARTUP = Duration.ofHours(1);
    private static final int MOST_FAILURES = 100;

    /**
     * Three failures, as Kubernetes' {@code failureThreshold} and Docker's {@code --retries} have it. Both give no time to start unless
     * told to; here it is a minute, as small machines take that long to read an image from a slow card.
     */
    public static final HealthThresholds DEFAULT = new HealthThresholds(Duration.ofMinutes(1), 3, 3);

    public HealthThresholds {
        if (startup.isNegative()
                || startup.compareTo(LONGEST_STARTUP) > 0
                || !startup.equals(Duration.ofSeconds(startup.toSeconds()))) {
            throw new InvalidValueException(
                            "a container may have 0 s to 1 h to start, in whole seconds, and not %s".formatted(startup))
                    .about(startup);
        }
        requireCount("unhealthy", readiness);
        requireCount("started again", liveness);
    }

    private static void requireCount(String what, int failures) {
        if (failures < 1 || failures > MOST_FAILURES) {
            throw new InvalidValueException(
                    "a container can be %s after 1 to %d failures of its probe, and not after %d"
                            .formatted(what, MOST_FAILURES, failures));
        }
    }

    /** The same with so much time to start. */
    public HealthThresholds startingWithin(Duration time) {
        return new HealthThresholds(time, readiness, liveness);
    }

    /** The same, with so many failures in a row until it is unhealthy. */
    public HealthThresholds unhealthyAfter(int failures) {
        return new HealthThresholds(startup, failures, liveness);
    }

    /** The same, with so many failures in a row until it is started again. */
    public HealthThresholds restartedAfter(int failures) {
        return new HealthThresholds(startup, readiness, failures);
    }
}
