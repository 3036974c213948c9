package io.nationtech.harmony.containers;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What is said of jobs, for people. */
final class JobWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm VV", Locale.ROOT);

    private JobWords() {}

    /** How a run ended, as in {@code the last run ended well at … after 3 s}. */
    static String ended(JobRecord.Run run) {
        return run.end()
                .map(end -> "the last run %s at %s after %s"
                        .formatted(
                                run.isEndedByItsDeadline() ? "was killed at its deadline," : how(end),
                                end.at().truncatedTo(ChronoUnit.SECONDS),
                                seconds(run.began(), end.at())))
                .orElseGet(() -> "it runs since " + run.began().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String how(JobRecord.End end) {
        return end.isGood()
                ? "ended well"
                : end.code()
                        .map(code -> "ended with exit code " + code)
                        .orElse("was cut short, as its node or its container was stopped,");
    }

    private static String seconds(Instant began, Instant ended) {
        return Math.max(0, Duration.between(began, ended).toSeconds()) + " s";
    }

    /** When the next one is. */
    static String next(Instant time, ZoneId zone) {
        return "next run " + TIME.format(time.atZone(zone));
    }
}
