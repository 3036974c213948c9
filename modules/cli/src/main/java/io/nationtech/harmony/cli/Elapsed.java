package io.nationtech.harmony.cli;

import java.time.Duration;

/** Durations as people say them, in the one unit that matters. */
final class Elapsed {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    private Elapsed() {}

    static String of(Duration duration) {
        if (duration.compareTo(TWO_MINUTES) < 0) {
            return Math.max(0, duration.toSeconds()) + " s";
        }
        if (duration.compareTo(TWO_HOURS) < 0) {
            return duration.toMinutes() + " min";
        }
        return duration.compareTo(TWO_DAYS) < 0 ? duration.toHours() + " h" : duration.toDays() + " d";
    }
}
