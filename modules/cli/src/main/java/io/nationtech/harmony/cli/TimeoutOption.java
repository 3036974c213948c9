package io.nationtech.harmony.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How long a node may take. */
final class TimeoutOption {
    @Option(
            names = "--timeout",
            paramLabel = "<seconds>",
            defaultValue = "300",
            converter = ReadSeconds.class,
            description = "how long a node may take to follow, 1 to 86400; it may have to fetch an image (default:"
                    + " ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(5);

    Duration duration() {
        return timeout;
    }

    /** Reads and bounds it. */
    static final class ReadSeconds implements ITypeConverter<Duration> {
        private static final long MOST = 86_400;

        @Override
        public Duration convert(String text) {
            if (text.matches("[0-9]{1,5}") && Long.parseLong(text) >= 1 && Long.parseLong(text) <= MOST) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            throw new TypeConversionException("'%s' is not a number of seconds from 1 to %d".formatted(text, MOST));
        }
    }
}
