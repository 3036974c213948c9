package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Replacements that failed after the old container had stopped for them. The same one is not tried again for a while, or the
 * service would be interrupted every few seconds for nothing.
 *
 * @param nanoTime a clock that only goes forward, in nanoseconds
 */
record Backoff(LongSupplier nanoTime, ConcurrentMap<String, FailedAttempt> known) {
    /** Until the same replacement is tried again. */
    static final Duration REST = Duration.ofMinutes(2);

    record FailedAttempt(Fingerprint attempted, Cause cause, long nanoTime) {}

    Backoff(LongSupplier nanoTime) {
        this(nanoTime, new ConcurrentHashMap<>());
    }

    /** Why it would be too early to try; empty when it may be tried. */
    Optional<Cause> standing(String name, Fingerprint attempt) {
        return Optional.ofNullable(known.get(name))
                .filter(failed -> failed.attempted().equals(attempt))
                .filter(failed -> nanoTime.getAsLong() - failed.nanoTime() < REST.toNanos())
                .map(FailedAttempt::cause);
    }

    void remember(String name, Fingerprint attempt, Cause cause) {
        known.put(name, new FailedAttempt(attempt, cause, nanoTime.getAsLong()));
    }

    void forget(String name) {
        known.remove(name);
    }
}
