package io.nationtech.harmony.mesh.nats;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long a server may be silent before it counts as away. It asks again and again whether this end is there, more seldom the more nodes it
 * has; three questions that do not come are one too many. So this end need not ask, which would cost the server as much again. For one thread.
 */
final class Silence {
    /** A server that nobody configured asks each two minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final int MISSED = 3;

    private Duration allowed = LONGEST;
    private OptionalLong lastPing = OptionalLong.empty();

    /** The server asks, at that moment of a monotonic clock. */
    void pinged(long nanos) {
        if (lastPing.isPresent()) {
            allowed = bounded(Duration.ofNanos(nanos - lastPing.getAsLong()).multipliedBy(MISSED));
        }
        lastPing = OptionalLong.of(nanos);
    }

    private static Duration bounded(Duration wanted) {
        Duration least = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
        return least.compareTo(LONGEST) > 0 ? LONGEST : least;
    }

    Duration allowed() {
        return allowed;
    }
}
