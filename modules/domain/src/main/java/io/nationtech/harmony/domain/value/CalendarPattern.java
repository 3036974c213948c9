package io.nationtech.harmony.domain.value;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a calendar expression says: which numbers each part of a date and time may be. */
final class CalendarPattern {
    private static final LocalDate END = LocalDate.of(2200, 1, 1);
    private static final int HOURS = 24;
    private static final int SECONDS_OF_HOUR = 3600;
    private static final int SECONDS_OF_MINUTE = 60;

    private static final Map<String, String> SHORT = Map.of(
            "minutely", "*-*-* *:*:00",
            "hourly", "*-*-* *:00:00",
            "daily", "*-*-* 00:00:00",
            "weekly", "Mon *-*-* 00:00:00",
            "monthly", "*-*-01 00:00:00",
            "quarterly", "*-01,04,07,10-01 00:00:00",
            "semiannually", "*-01,07-01 00:00:00",
            "yearly", "*-01-01 00:00:00",
            "annually", "*-01-01 00:00:00");

    private static final Pattern FORM = Pattern.compile("(?:(?<week>[A-Za-z]+(?:(?:\\.\\.|,)[A-Za-z]+)*)(?:\\s+|$))?"
            + "(?:(?:(?<year>[0-9*.,/]+)-)?(?<month>[0-9*.,/]+)-(?<day>[0-9*.,/]+)(?:\\s+|$))?"
            + "(?:(?<hour>[0-9*.,/]+):(?<minute>[0-9*.,/]+)(?::(?<second>[0-9*.,/]+))?)?");
    private static final Pattern NUMBERS =
            Pattern.compile("(?:\\*|(?<first>[0-9]{1,4})(?:\\.\\.(?<last>[0-9]{1,4}))?)(?:/(?<step>[0-9]{1,4}))?");

    private final Set<DayOfWeek> week;
    private final BitSet year;
    private final BitSet month;
    private final BitSet day;
    private final BitSet hour;
    private final BitSet minute;
    private final BitSet second;

    private CalendarPattern(String expression, Matcher found) {
        this.week = week(expression, found.group("week"));
        this.year = numbers(expression, "year", or(found.group("year"), "*"), 1970, 2199);
        this.month = numbers(expression, "month", or(found.group("month"), "*"), 1, 12);
        this.day = numbers(expression, "day", or(found.group("day"), "*"), 1, 31);
        this.hour = numbers(expression, "hour", or(found.group("hour"), "0"), 0, 23);
        this.minute = numbers(expression, "minute", or(found.group("minute"), "0"), 0, 59);
        this.second = numbers(expression, "second", or(found.group("second"), "0"), 0, 59);
    }

    /**
     * @throws InvalidValueException when it is no calendar expression
     */
    static CalendarPattern parse(String expression) {
        Matcher found = FORM.matcher(SHORT.getOrDefault(expression, expression));
        if (expression.isBlank() || !found.matches()) {
            throw new InvalidValueException(
                    "'%s' is no calendar expression: write days and a time as systemd.time(7) has them, as in 'Mon..Fri 02:30', '*-*-01 04:00' or 'hourly'; a time zone is said apart"
                            .formatted(expression));
        }
        return new CalendarPattern(expression, found);
    }

    private static String or(@Nullable String said, String otherwise) {
        return said == null ? otherwise : said;
    }

    private static Set<DayOfWeek> week(String expression, @Nullable String said) {
        if (said == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : said.split(",", -1)) {
            List<DayOfWeek> ends = Stream.of(part.split("\\.\\.", -1))
                    .map(name -> day(expression, name))
                    .toList();
            if (ends.size() > 2 || ends.getFirst().compareTo(ends.getLast()) > 0) {
                throw new InvalidValueException(
                        "'%s' of calendar expression '%s' runs backwards; a week begins with Mon, so name its days one by one"
                                .formatted(part, expression));
            }
            days.addAll(EnumSet.range(ends.getFirst(), ends.getLast()));
        }
        return days;
    }

    private static DayOfWeek day(String expression, String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day ->
                        day.name().equals(upper) || day.name().substring(0, 3).equals(upper))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "'%s' of calendar expression '%s' is no day of the week; write Mon, Tue, Wed, Thu, Fri, Sat or Sun"
                                .formatted(name, expression)));
    }

    private static BitSet numbers(String expression, String what, String said, int least, int most) {
        BitSet all = new BitSet();
        for (String part : said.split(",", -1)) {
            Matcher found = NUMBERS.matcher(part);
            if (!found.matches()) {
                throw new InvalidValueException(
                        "%s '%s' of calendar expression '%s' is neither a number, a range as in 1..5, nor a step as in */15"
                                .formatted(what, part, expression));
            }
            int step = found.group("step") == null ? 1 : Integer.parseInt(found.group("step"));
            int first = found.group("first") == null ? least : Integer.parseInt(found.group("first"));
            int last = found.group("last") != null
                    ? Integer.parseInt(found.group("last"))
                    : found.group("first") != null && found.group("step") == null ? first : most;
            if (first < least || last > most || first > last || step < 1) {
                throw new InvalidValueException("%s '%s' of calendar expression '%s' is outside %d..%d"
                        .formatted(what, part, expression, least, most));
            }
            for (int number = first; number <= last; number += step) {
                all.set(number);
            }
        }
        return all;
    }

    boolean isForEveryHour() {
        return hour.cardinality() == HOURS;
    }

    /** Empty when there is none up to 2199. */
    Optional<LocalDateTime> firstFrom(LocalDateTime from) {
        return Stream.iterate(from.toLocalDate(), date -> date.isBefore(END), date -> date.plusDays(1))
                .filter(this::hasDay)
                .flatMap(date -> firstOf(
                        date,
                        date.equals(from.toLocalDate())
                                ? from.plusNanos(999_999_999).toLocalTime().toSecondOfDay()
                                : 0)
                        .stream())
                .findFirst();
    }

    private boolean hasDay(LocalDate date) {
        return year.get(date.getYear())
                && month.get(date.getMonthValue())
                && day.get(date.getDayOfMonth())
                && week.contains(date.getDayOfWeek());
    }

    private Optional<LocalDateTime> firstOf(LocalDate date, int from) {
        for (int h = hour.nextSetBit(from / SECONDS_OF_HOUR); h >= 0; h = hour.nextSetBit(h + 1)) {
            int withinHour = Math.max(0, from - h * SECONDS_OF_HOUR);
            for (int m = minute.nextSetBit(withinHour / SECONDS_OF_MINUTE); m >= 0; m = minute.nextSetBit(m + 1)) {
                int s = second.nextSetBit(Math.max(0, withinHour - m * SECONDS_OF_MINUTE));
                if (s >= 0) {
                    return Optional.of(date.atTime(h, m, s));
                }
            }
        }
        return Optional.empty();
    }
}
