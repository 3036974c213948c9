package io.nationtech.harmony.os.update;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param whole an upgrade, from its order, or from the agent's start, until the machine starts again
 * @param patience without a byte of a release, however often it was asked for
 * @param stall without a byte of an answer, until it is asked for anew
 * @param pause before that, at first; it doubles up to 64 times as long
 * @param proving until the new system has shown that it is well
 */
public record Limits(Duration whole, Duration patience, Duration stall, Duration pause, Duration proving) {
    /** Those of a node. */
    public static final Limits USUAL = new Limits(
            Duration.ofHours(6),
            Duration.ofMinutes(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(30));
}
