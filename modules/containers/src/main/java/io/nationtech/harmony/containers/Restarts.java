package io.nationtech.harmony.containers;

import java.time.Duration;

/**
 * How often a container was started again because it was not well, and from when on it may be again: each time the wait doubles, and
 * who was well for long begins anew.
 *
 * @param pause after the last time; nothing before the first
 * @param at when the last time was, in nanoseconds of a clock that never jumps
 */
record Restarts(int count, Duration pause, long at) {
    static final Restarts NONE = new Restarts(0, Duration.ZERO, 0);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGIVEN = LONGEST.multipliedBy(3);

    boolean mayRestart(long now) {
        return count == 0 || now - at >= pause.toNanos();
    }

    Restarts oneMore(long now) {
        boolean anew = count == 0 || now - at > FORGIVEN.toNanos();
        Duration doubled = pause.multipliedBy(2);
        return new Restarts(count + 1, anew ? SHORTEST : doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST, now);
    }
}
