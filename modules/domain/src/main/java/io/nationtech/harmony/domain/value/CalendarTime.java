package io.nationtech.harmony.domain.value;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When something comes, again and again: a calendar expression of systemd (systemd.time(7), "Calendar Events") in whole seconds, as in
 * {@code Mon..Fri 02:30}, {@code *-*-01 04:00} or {@code hourly}. It says no time zone, comes at least once between 1970 and 2199, and not
 * more often than once a minute.
 */
public record CalendarTime(String value) {
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final Duration SHORTEST_PERIOD = Duration.ofMinutes(1);
    /** Enough of a day's times, and of a month's days, to find the two that are closest. */
    private static final int LOOKED_AT = 100;

    public CalendarTime {
        CalendarPattern pattern = CalendarPattern.parse(value);
        if (pattern.firstFrom(FIRST_DAY).isEmpty()) {
            throw new InvalidValueException(
                    "'%s' never comes: the calendar has no such day from 1970 to 2199".formatted(value));
        }
        shortest(pattern)
                .filter(period -> period.compareTo(SHORTEST_PERIOD) < 0)
                .ifPresent(period -> {
                    throw new InvalidValueException("'%s' comes every %d s; once a minute is the most often"
                            .formatted(value, period.toSeconds()));
                });
    }

    /**
     * @throws InvalidValueException when it is no calendar expression, or never comes
     */
    public static CalendarTime of(String value) {
        return new CalendarTime(value);
    }

    /**
     * The first time after a moment, by the clocks of a time zone. What is said for certain hours comes once a day when clocks are changed:
     * as much later when they skip it, and the first time when they show it twice. What is said for every hour comes as time goes by.
     *
     * @return empty when it does not come any more
     */
    public Optional<Instant> after(Instant moment, ZoneId zone) {
        CalendarPattern pattern = CalendarPattern.parse(value);
        Instant from = moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return pattern.isForEveryHour() ? asTimeGoesBy(pattern, from, zone) : byTheDay(pattern, from, zone);
    }

    private static Optional<Instant> byTheDay(CalendarPattern pattern, Instant from, ZoneId zone) {
        LocalDateTime dayBefore = LocalDateTime.ofInstant(from, zone).minusDays(1);
        return times(pattern, dayBefore)
                .map(time -> time.atZone(zone).toInstant())
                .filter(time -> !time.isBefore(from))
                .findFirst();
    }

    private static Optional<Instant> asTimeGoesBy(CalendarPattern pattern, Instant from, ZoneId zone) {
        // Up to the next change of the clocks they run evenly.
        Optional<Instant> change =
                Optional.ofNullable(zone.getRules().nextTransition(from)).map(ZoneOffsetTransition::getInstant);
        Optional<Instant> found = pattern.firstFrom(LocalDateTime.ofInstant(from, zone))
                .map(time -> time.toInstant(zone.getRules().getOffset(from)));
        return found.isEmpty() || change.isEmpty() || found.get().isBefore(change.get())
                ? found
                : asTimeGoesBy(pattern, change.get(), zone);
    }

    private static Stream<LocalDateTime> times(CalendarPattern pattern, LocalDateTime from) {
        return Stream.iterate(
                        pattern.firstFrom(from),
                        Optional::isPresent,
                        time -> time.flatMap(one -> pattern.firstFrom(one.plusSeconds(1))))
                .flatMap(Optional::stream);
    }

    /** From one time to the next where the two are closest; empty when it comes once. */
    public Optional<Duration> shortestPeriod() {
        return shortest(CalendarPattern.parse(value));
    }

    private static Optional<Duration> shortest(CalendarPattern pattern) {
        List<LocalDateTime> times = times(pattern, FIRST_DAY).limit(LOOKED_AT).toList();
        return Stream.iterate(1, i -> i < times.size(), i -> i + 1)
                .map(i -> Duration.between(times.get(i - 1), times.get(i)))
                .min(Duration::compareTo);
    }

    @Override
    public String toString() {
        return value;
    }
}
