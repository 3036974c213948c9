package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something that was looked at, and how it is.
 *
 * @param next what to do about it; empty where that is nothing
 */
record Finding(Grade grade, String what, Optional<String> next) {

    /** How it is. */
    enum Grade {
        GOOD("✓", Tone.GOOD),
        WARNING("!", Tone.CHANGED),
        BAD("✗", Tone.BAD);

        private final String sign;
        private final Tone tone;

        Grade(String sign, Tone tone) {
            this.sign = sign;
            this.tone = tone;
        }
    }

    static Finding good(String what) {
        return new Finding(Grade.GOOD, what, Optional.empty());
    }

    static Finding warning(String what, String next) {
        return new Finding(Grade.WARNING, what, Optional.of(next));
    }

    static Finding bad(String what, String next) {
        return new Finding(Grade.BAD, what, Optional.of(next));
    }

    static Finding of(Cause cause) {
        return bad("%s (%s)".formatted(cause.what(), cause.where()), cause.next());
    }

    /** Something that ends. */
    record Ending(String what, Instant end, String renew) {

        /**
         * How it is now.
         *
         * @param early from when on somebody has to see to it
         */
        Finding at(Instant now, Instant early) {
            if (!now.isBefore(end)) {
                return bad("%s: over since %tF".formatted(what, Date.from(end)), renew);
            }
            String until = "%s: until %tF".formatted(what, Date.from(end));
            return now.isBefore(early)
                    ? good(until)
                    : warning("%s, in %s".formatted(until, Elapsed.of(Duration.between(now, end))), renew);
        }

        /** The same of what is to be seen to so long before its end. */
        Finding at(Instant now, Duration before) {
            return at(now, end.minus(before));
        }
    }

    static String text(List<Finding> all, Ink ink) {
        return all.stream().map(one -> one.text(ink)).collect(Collectors.joining());
    }

    static Object json(List<Finding> all) {
        return Json.object("findings", all.stream().map(Finding::json).toList());
    }

    private String text(Ink ink) {
        return "%s %s%n%s"
                .formatted(
                        ink.paint(grade.tone, grade.sign),
                        what,
                        next.map("  → %s%n"::formatted).orElse(""));
    }

    private Object json() {
        Map<String, Object> object = Json.object("grade", grade.name().toLowerCase(Locale.ROOT), "what", what);
        next.ifPresent(step -> object.put("next", step));
        return object;
    }
}
