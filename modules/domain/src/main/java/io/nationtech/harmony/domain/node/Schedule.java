package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.TimeZoneName;
import java.util.Optional;

/**
 * A job's times.
 *
 * @param at when it runs
 * @param zone whose clocks that is by; without one, those of its node
 * @param missed what becomes of a run that could not begin at its time
 */
public record Schedule(CalendarTime at, Optional<TimeZoneName> zone, MissedRun missed) implements Trigger {

    /** By its node's clocks; what was missed is caught up. */
    public static Schedule of(CalendarTime at) {
        return new Schedule(at, Optional.empty(), MissedRun.DEFAULT);
    }

    /** The same times by the clocks of a time zone. */
    public Schedule in(TimeZoneName other) {
        return new Schedule(at, Optional.of(other), missed);
    }

    /** The same, with another fate for what was missed. */
    public Schedule missed(MissedRun fate) {
        return new Schedule(at, zone, fate);
    }

    /** The times and whose clocks these are by. */
    @Override
    public String toString() {
        return at + zone.map(name -> " " + name).orElse(" by its node's clocks");
    }
}
