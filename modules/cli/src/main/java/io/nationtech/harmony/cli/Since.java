package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.hardware.Generation;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From when on to compare. */
sealed interface Since {

    /** The report before the last. */
    record Before() implements Since {}

    /** A report by its number. */
    record Numbered(Generation generation) implements Since {}

    /** What held so long ago. */
    record Ago(Duration duration) implements Since {}

    /** Reads it from the command line. */
    final class Read implements ITypeConverter<Since> {
        private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
        private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smhd])");

        @Override
        public Since convert(String text) {
            if (NUMBER.matcher(text).matches()) {
                return new Numbered(new Generation(Long.parseLong(text)));
            }
            Matcher duration = DURATION.matcher(text);
            if (!duration.matches()) {
                throw new TypeConversionException(
                        "'%s' is neither a generation nor a duration; write 3, 90s, 20m, 2h or 7d".formatted(text));
            }
            long amount = Long.parseLong(duration.group(1));
            return new Ago(
                    switch (duration.group(2)) {
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
    }
}
