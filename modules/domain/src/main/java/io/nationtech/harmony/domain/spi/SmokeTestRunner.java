package io.nationtech.harmony.domain.spi;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.value.IpAddress;
import java.net.URI;
import java.util.Optional;

/**
 * How smoke tests of one type are run, from where somebody deploys. The module of the test's record provides it:
 * {@code provides SmokeTestRunner with …}. Whoever deploys repeats a try until it passes or the test's time is up, and keeps the time:
 * a runner waits for nothing but its answer. Safe for use by several threads.
 *
 * @param <T> the test, of which there is one runner
 */
public interface SmokeTestRunner<T extends SmokeTest> {

    /** The tests that it runs: of this class itself. */
    Class<T> type();

    /** What is asked of the replica on the node at this address, as people would ask it: {@code http://192.0.2.7:8080/}. */
    URI target(T test, IpAddress node);

    /**
     * Asks a replica once. Interrupted when that takes too long; it has to end then.
     *
     * @param target as {@link #target} gave it
     * @return what is wrong; empty when the replica answers as it should
     */
    Optional<Cause> ask(T test, URI target) throws InterruptedException;

    /**
     * As {@link #ask(SmokeTest, URI)}, with the secrets that the test names.
     *
     * @param secrets those of {@link SmokeTest#secrets} and no others
     */
    default Optional<Cause> ask(T test, URI target, SmokeTestSecrets secrets) throws InterruptedException {
        return ask(test, target);
    }
}
