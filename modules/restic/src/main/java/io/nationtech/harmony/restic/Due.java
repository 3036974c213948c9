package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.node.MissedRun;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.value.TimeZoneName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When a backup is to be made, by the clocks of its own zone or its node. */
record Due(Schedule schedule, ZoneId nodes) {
    private static final Duration PUNCTUAL = Duration.ofMinutes(5);

    ZoneId zone() {
        return schedule.zone().map(TimeZoneName::zone).orElse(nodes);
    }

    /** Perhaps in the past; what failed comes before its next time again. */
    Optional<Instant> next(BackupRecord known) {
        return Stream.of(schedule.at().after(known.since(), zone()), known.retry())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    boolean isSkipped(BackupRecord known, Instant now) {
        return schedule.missed() == MissedRun.SKIP
                && known.retry().isEmpty()
                && next(known)
                        .filter(time -> Duration.between(time, now).compareTo(PUNCTUAL) > 0)
                        .isPresent();
    }

    /** Whether two of its times have gone by since. */
    boolean isOverdue(Instant good, Instant now) {
        return schedule.at()
                .after(good, zone())
                .flatMap(first -> schedule.at().after(first, zone()))
                .filter(second -> second.plus(PUNCTUAL).isBefore(now))
                .isPresent();
    }
}
