package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.TimeZoneName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * That a container follows the tag of its image: its node asks the registry at these times what the tag names, and when that is another image than
 * the one that runs, exchanges it. One that does not become healthy gives way to the one before, and is not tried again before the tag changes.
 * Replicas take turns, so that never two of a service are exchanged at once.
 *
 * @param at when replicas begin to take turns
 * @param zone whose clocks that is by; without one, those of its node
 * @param turn which of its service's replicas it is, from 0 on: one waits for those before it
 */
@Since(8)
public record ImageUpdates(CalendarTime at, Optional<TimeZoneName> zone, int turn) {
    /** For an image over a slow uplink, for ending one container twice, and for what a node does meanwhile. */
    private static final Duration BESIDE_STARTUP = Duration.ofMinutes(25);

    public ImageUpdates {
        if (turn < 0) {
            throw new InvalidValueException("there is no turn %d; the first is 0".formatted(turn));
        }
    }

    /** At four in the morning, by its node's clocks. */
    public static ImageUpdates daily() {
        return at(CalendarTime.of("04:00"));
    }

    /** At these times, by its node's clocks. */
    public static ImageUpdates at(CalendarTime times) {
        return new ImageUpdates(times, Optional.empty(), 0);
    }

    /** The same times by the clocks of a time zone. */
    public ImageUpdates in(TimeZoneName other) {
        return new ImageUpdates(at, Optional.of(other), turn);
    }

    /** The same, of one of several replicas. */
    ImageUpdates turn(int number) {
        return new ImageUpdates(at, zone, number);
    }

    /**
     * When its turn begins next.
     *
     * @param nodes the zone of its node's clocks
     * @return empty when it does not come any more
     */
    public Optional<Instant> after(Instant moment, HealthThresholds thresholds, ZoneId nodes) {
        Duration later = length(thresholds).multipliedBy(turn);
        return at.after(moment.minus(later), zone.map(TimeZoneName::zone).orElse(nodes))
                .map(time -> time.plus(later));
    }

    private static Duration length(HealthThresholds thresholds) {
        return BESIDE_STARTUP.plus(thresholds.startup());
    }

    /**
     * Makes sure that all replicas of a service have had their turn before the first has its next.
     *
     * @throws InvalidValueException when they have not
     */
    public void requireTurnsFor(Replicas replicas, HealthThresholds thresholds) {
        Duration all = length(thresholds).multipliedBy(replicas.count());
        at.shortestPeriod().filter(period -> all.compareTo(period) > 0).ifPresent(period -> {
            throw new InvalidValueException(
                            "%d replicas take turns of %d min to follow their tag, and '%s' comes again after %d min; let it come more seldom"
                                    .formatted(
                                            replicas.count(), length(thresholds).toMinutes(), at, period.toMinutes()))
                    .about(this);
        });
    }
}
