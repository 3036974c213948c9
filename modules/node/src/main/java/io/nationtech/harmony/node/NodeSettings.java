package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.system.SystemUpgrades;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What differs from node to node, beside what it says of itself.
 *
 * @param convergePeriod from one look at what runs to the next
 * @param settledPeriod the same, while all is as it should be and the drivers tell of changes by themselves
 * @param clock by which it says since when something is so
 * @param nanos by which it finds out how long something takes: nanoseconds that only grow
 * @param upgrades of its operating system, where that is exchanged as a whole
 */
public record NodeSettings(
        Duration convergePeriod,
        Duration settledPeriod,
        InstantSource clock,
        LongSupplier nanos,
        Optional<SystemUpgrades> upgrades) {

    /** One whose operating system is somebody else's business. */
    public NodeSettings(Duration convergePeriod, Duration settledPeriod, InstantSource clock, LongSupplier nanos) {
        this(convergePeriod, settledPeriod, clock, nanos, Optional.empty());
    }

    /** One that looks as often whether drivers tell of changes or not, by the clocks of its machine. */
    public NodeSettings(Duration convergePeriod) {
        this(convergePeriod, convergePeriod, InstantSource.system(), System::nanoTime);
    }
}
