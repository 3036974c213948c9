package io.nationtech.harmony.podman;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * How often containers were started again, and when each may be next: at once the first time, then ever later, so that one that
 * cannot live does not eat a core.
 *
 * @param nanoTime a clock that only goes forward, in nanoseconds
 */
record RestartBackoff(LongSupplier nanoTime, ConcurrentMap<UnitName, Restarts> known) {
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(5);
    /** Who ran so long since its last start is taken for well. */
    static final Duration WELL = Duration.ofMinutes(10);

    private static final int MOST_DOUBLINGS = 5;

    /**
     * @param total since the container was made
     * @param inRow of these, those since it was last well
     * @param last when the last was
     */
    record Restarts(int total, int inRow, long last) {}

    RestartBackoff(LongSupplier nanoTime) {
        this(nanoTime, new ConcurrentHashMap<>());
    }

    /** How long a container must still wait before it is started again; empty when it may be at once. */
    Optional<Duration> pause(UnitName container) {
        return Optional.ofNullable(known.get(container))
                .map(restarts -> delay(restarts.inRow()).minusNanos(nanoTime.getAsLong() - restarts.last()))
                .filter(Duration::isPositive);
    }

    private static Duration delay(int inRow) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(inRow - 1, MOST_DOUBLINGS));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    void restarted(UnitName container) {
        long now = nanoTime.getAsLong();
        known.compute(
                container,
                (_, before) -> before == null
                        ? new Restarts(1, 1, now)
                        : new Restarts(
                                before.total() + 1,
                                now - before.last() < WELL.toNanos() ? before.inRow() + 1 : 1,
                                now));
    }

    int total(UnitName container) {
        return Optional.ofNullable(known.get(container)).map(Restarts::total).orElse(0);
    }

    void forget(UnitName container) {
        known.remove(container);
    }
}
