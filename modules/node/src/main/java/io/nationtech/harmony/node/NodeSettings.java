package io.nationtech.harmony.node;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What differs from node to node, beside what it says of itself.
 *
 * @param convergePeriod from one look at what runs to the next
 * @param settledPeriod the same, while all is as it should be and the drivers tell of changes by themselves
 * @param clock by which it says since when something is so
 */
public record NodeSettings(Duration convergePeriod, Duration settledPeriod, InstantSource clock) {

    /** One that looks as often whether drivers tell of changes or not, by the clock of its machine. */
    public NodeSettings(Duration convergePeriod) {
        this(convergePeriod, convergePeriod, InstantSource.system());
    }
}
