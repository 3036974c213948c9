package io.nationtech.harmony.agent;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a log entry is written. */
enum JournalFormat {
    /** For systemd-journald: a priority before each line (sd-daemon(3)); the journal itself knows when and who. */
    JOURNAL {
        @Override
        String prefix(Level level, Instant now) {
            return "<%d>".formatted(priority(level));
        }
    },
    /** For a person's terminal or a file. */
    PLAIN {
        @Override
        String prefix(Level level, Instant now) {
            return "%s %-7s ".formatted(now.truncatedTo(ChronoUnit.MILLIS), level);
        }
    };

    private static final int MOST_CAUSES = 5;

    static JournalFormat of(Map<String, String> environment) {
        return environment.containsKey("JOURNAL_STREAM") ? JOURNAL : PLAIN;
    }

    abstract String prefix(Level level, Instant now);

    /** Of a thrown one, what it and its causes say, and only where it came from: people on site cannot use more. */
    String entry(Level level, Instant now, String message, @Nullable Throwable thrown) {
        String prefix = prefix(level, now);
        return Stream.concat(message.lines(), causes(thrown))
                .map(line -> prefix + line)
                .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
    }

    private static Stream<String> causes(@Nullable Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .flatMap(cause -> Stream.concat(
                        cause.toString().lines().map(line -> "  because " + line),
                        Arrays.stream(cause.getStackTrace()).limit(1).map(frame -> "    at " + frame)));
    }

    /** Puts values into {@code {0}}, {@code {1}} …; {@link java.text.MessageFormat} would load a megabyte of locale data. */
    static String fill(String message, @Nullable Object @Nullable [] values) {
        if (values == null) {
            return message;
        }
        StringBuilder filled = new StringBuilder(message.length() + 32);
        int at = 0;
        while (at < message.length()) {
            boolean isPlace = at + 2 < message.length()
                    && message.charAt(at) == '{'
                    && message.charAt(at + 2) == '}'
                    && Character.isDigit(message.charAt(at + 1));
            int index = isPlace ? message.charAt(at + 1) - '0' : values.length;
            if (index < values.length) {
                filled.append(values[index]);
                at += 3;
            } else {
                filled.append(message.charAt(at));
                at++;
            }
        }
        return filled.toString();
    }

    /** syslog's priorities, RFC 5424 §6.2.1. */
    private static int priority(Level level) {
        return switch (level) {
            case ALL, TRACE, DEBUG -> 7;
            case INFO -> 6;
            case WARNING -> 4;
            case ERROR, OFF -> 3;
        };
    }
}
