package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTimeTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

    /** The right-hand side is what {@code systemd-analyze calendar --base-time="2026-11-28 20:45:00 UTC" --iterations=2} says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mon..Fri 02:30          | 2026-11-30T02:30:00Z 2026-12-01T02:30:00Z
            02:30                   | 2026-11-29T02:30:00Z 2026-11-30T02:30:00Z
            Sat,Sun 23:00           | 2026-11-28T23:00:00Z 2026-11-29T23:00:00Z
            saturday                | 2026-12-05T00:00:00Z 2026-12-12T00:00:00Z
            *-*-01 04:00            | 2026-12-01T04:00:00Z 2027-01-01T04:00:00Z
            *:0/15                  | 2026-11-28T21:00:00Z 2026-11-28T21:15:00Z
            *:5..10/5               | 2026-11-28T21:05:00Z 2026-11-28T21:10:00Z
            20:45:00                | 2026-11-29T20:45:00Z 2026-11-30T20:45:00Z
            20:45:30                | 2026-11-28T20:45:30Z 2026-11-29T20:45:30Z
            12-24 18:00             | 2026-12-24T18:00:00Z 2027-12-24T18:00:00Z
            2028-02-29              | 2028-02-29T00:00:00Z
            *-02-29                 | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z
            Fri *-*-13 00:00        | 2027-08-13T00:00:00Z 2028-10-13T00:00:00Z
            minutely                | 2026-11-28T20:46:00Z 2026-11-28T20:47:00Z
            hourly                  | 2026-11-28T21:00:00Z 2026-11-28T22:00:00Z
            daily                   | 2026-11-29T00:00:00Z 2026-11-30T00:00:00Z
            weekly                  | 2026-11-30T00:00:00Z 2026-12-07T00:00:00Z
            monthly                 | 2026-12-01T00:00:00Z 2027-01-01T00:00:00Z
            quarterly               | 2027-01-01T00:00:00Z 2027-04-01T00:00:00Z
            semiannually            | 2027-01-01T00:00:00Z 2027-07-01T00:00:00Z
            yearly                  | 2027-01-01T00:00:00Z 2028-01-01T00:00:00Z
            2020-01-01              | ''
            """)
    void comesAsSystemdSays(String expression, String times) {
        assertEquals(
                Stream.of(times.split(" ")).filter(time -> !time.isEmpty()).toList(),
                comes(expression, "2026-11-28T20:45:00Z", UTC).limit(2).toList());
    }

    private static Stream<String> comes(String expression, String from, ZoneId zone) {
        CalendarTime time = CalendarTime.of(expression);
        return Stream.iterate(
                        time.after(Instant.parse(from), zone),
                        Optional::isPresent,
                        last -> last.flatMap(one -> time.after(one, zone)))
                .flatMap(Optional::stream)
                .map(Instant::toString);
    }

    @Test
    void comesOnceADayWhenClocksAreChanged() {
        assertEquals(
                List.of("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"),
                comes("02:30", "2026-03-28T00:00:00Z", ZURICH).limit(3).toList(),
                "at 03:30 on the day on which there is no 02:30");
        assertEquals(
                List.of("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
                comes("02:30", "2026-10-24T00:00:00Z", ZURICH).limit(3).toList(),
                "the first of two 02:30");
        assertEquals(
                Optional.of(Instant.parse("2026-03-29T01:30:00Z")),
                CalendarTime.of("02:30").after(Instant.parse("2026-03-29T01:10:00Z"), ZURICH));
    }

    @Test
    void whatComesEveryHourComesAsTimeGoesBy() {
        assertEquals(
                List.of("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"),
                comes("*:30", "2026-03-29T00:00:00Z", ZURICH).limit(3).toList());
        assertEquals(
                List.of("2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"),
                comes("*:30", "2026-10-24T23:00:00Z", ZURICH).limit(4).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                      | is no calendar expression
            every night             | is no calendar expression
            02:30 Europe/Zurich     | a time zone is said apart
            25:00                   | hour '25' of calendar expression '25:00' is outside 0..23
            *:0/0                   | outside 0..59
            Fri..Mon 01:00          | runs backwards
            Sonntag 01:00           | is no day of the week
            *-*-1,,2                | neither a number
            2026-02-30              | never comes
            *-02-30 10:00           | never comes
            Mon 2026-12-01          | never comes
            *:*:*                   | comes every 1 s
            02:30:00,30             | comes every 30 s
            """)
    void refusesWhatCannotBe(String expression, String why) {
        String message = assertThrows(InvalidValueException.class, () -> CalendarTime.of(expression))
                .getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void knowsItsShortestPeriod() {
        assertEquals(
                Optional.of(Duration.ofHours(24)),
                CalendarTime.of("Mon..Fri 02:30").shortestPeriod());
        assertEquals(
                Optional.of(Duration.ofHours(23)),
                CalendarTime.of("Sun 00,23:00").shortestPeriod());
        assertEquals(Optional.empty(), CalendarTime.of("2030-01-01").shortestPeriod());
    }
}
