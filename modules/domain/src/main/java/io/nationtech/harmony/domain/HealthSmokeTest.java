package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;

/**
 * Takes the word of nodes for it that every replica of a service is as it should be, and stays so for a while without being started again: for what
 * nothing can be asked of from outside, as a worker or a job. A service with a probe is healthy then, one without a probe runs, a job has ended well.
 *
 * @param steady for how long; more than nothing and less than the timeout
 */
public record HealthSmokeTest(ServiceName service, Duration steady, Duration timeout) implements SmokeTest {
    private static final Duration USUALLY_STEADY = Duration.ofSeconds(10);

    public HealthSmokeTest {
        ReplicaTests.requireTimeout(service, timeout);
        if (!steady.isPositive() || steady.compareTo(timeout) >= 0) {
            throw new InvalidValueException(
                            "the smoke test of service '%s' wants it steady for %s, and ends after %s; the one must be shorter than the other, and longer than zero"
                                    .formatted(service, steady, timeout))
                    .about(steady);
        }
    }

    /** A test of a score of whatever kind: steady for ten seconds, within two minutes. */
    public static HealthSmokeTest of(Score<?> score) {
        return new HealthSmokeTest(score.name(), USUALLY_STEADY, ReplicaTests.USUAL_TIMEOUT);
    }

    /** The same test with another timeout. */
    public HealthSmokeTest within(Duration limit) {
        return new HealthSmokeTest(service, steady, limit);
    }

    /** The same test of what must be steady for so long. */
    public HealthSmokeTest steadyFor(Duration time) {
        return new HealthSmokeTest(service, time, timeout);
    }
}
