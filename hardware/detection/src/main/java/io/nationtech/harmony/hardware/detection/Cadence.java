package io.nationtech.harmony.hardware.detection;

import java.time.Duration;

/**
 * How often to look.
 *
 * @param eager between two listings just after something came or went, as hubs come in pieces
 * @param idle between two listings when nothing does; from one to the other it doubles
 * @param moving between two looks at what changes by itself
 */
public record Cadence(Duration eager, Duration idle, Duration moving) {

    /** What is plugged in is seen within 3 s; what it costs, `make bench-hardware` tells. */
    public static Cadence usual() {
        return new Cadence(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofMinutes(1));
    }

    Duration after(Duration last) {
        Duration twice = last.multipliedBy(2);
        return twice.compareTo(idle) < 0 ? twice : idle;
    }
}
