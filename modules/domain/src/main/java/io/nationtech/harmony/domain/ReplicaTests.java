package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;

/** What holds for the smoke tests that ask replicas at their nodes' addresses. */
final class ReplicaTests {
    static final Duration USUAL_TIMEOUT = Duration.ofMinutes(2);

    private ReplicaTests() {}

    static void requireTimeout(ServiceName service, Duration timeout) {
        if (!timeout.isPositive()) {
            throw new InvalidValueException(
                            "the smoke test of service '%s' has a timeout of %s; it must be longer than zero"
                                    .formatted(service, timeout))
                    .about(timeout);
        }
    }
}
