package io.nationtech.harmony.agent;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Writes what people on site should see, from INFO upwards. */
final class JournalLogger implements System.Logger {
    private final String name;
    private final JournalFormat format;
    private final PrintStream out;

    JournalLogger(String name, JournalFormat format, PrintStream out) {
        this.name = name;
        this.format = format;
        this.out = out;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.getSeverity() >= Level.INFO.getSeverity() && level != Level.OFF;
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            out.print(format.entry(level, Instant.now(), String.valueOf(message), thrown));
        }
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Object... values) {
        if (isLoggable(level)) {
            String filled = JournalFormat.fill(String.valueOf(message), values);
            out.print(format.entry(level, Instant.now(), filled, null));
        }
    }
}
