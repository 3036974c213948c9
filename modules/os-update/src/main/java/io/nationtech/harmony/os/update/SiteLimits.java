package io.nationtech.harmony.os.update;

import java.time.Duration;

/**
 * What neighbours may cost.
 *
 * @param whole all that an upgrade waits for them and fetches from them
 * @param settle until those who began at the same time have heard of each other
 * @param pause until somebody who is fetching is asked again
 * @param stall without a byte of an answer
 * @param slowest bytes a second of a file that is given; who is slower is not asked again
 */
public record SiteLimits(Duration whole, Duration settle, Duration pause, Duration stall, long slowest) {
    /** Those of a node. */
    public static final SiteLimits USUAL = new SiteLimits(
            Duration.ofHours(1), Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(10), 512 << 10);

    /** How long a file may take. */
    Duration longest(long bytes) {
        return stall.plusSeconds(bytes / slowest + 1);
    }
}
