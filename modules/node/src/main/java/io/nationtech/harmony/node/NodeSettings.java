package io.nationtech.harmony.node;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What differs from node to node, beside what it says of itself.
 *
 * @param convergePeriod from one look at what runs to the next
 * @param settledPeriod the same, while all is as it should be and the drivers tell of changes by themselves
 * @param clock by which it says since when something is so
 * @param nanos by which it finds out how long something takes: nanoseconds that only grow
 */
public record NodeSettings(Duration convergePeriod, Duration settledPeriod, InstantSource clock, LongSupplier nanos) {

    /** One that looks as often whether drivers tell of changes or not, by the clocks of its machine. */
    public NodeSettings(Duration convergePeriod) {
        this(convergePeriod, convergePeriod, InstantSource.system(), System::nanoTime);
    }
}
