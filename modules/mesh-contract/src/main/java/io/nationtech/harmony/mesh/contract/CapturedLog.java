package io.nationtech.harmony.mesh.contract;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged while this is open: all levels, with the traces of what was thrown. */
public final class CapturedLog implements AutoCloseable {
    // Held, as java.util.logging holds its loggers weakly.
    private final Logger logger;
    private final Optional<Level> before;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private CapturedLog(Logger logger) {
        this.logger = logger;
        this.before = Optional.ofNullable(logger.getLevel());
    }

    /** Captures what loggers of this name, and below it, say. */
    public static CapturedLog of(String name) {
        CapturedLog log = new CapturedLog(Logger.getLogger(name));
        log.handler.setLevel(Level.ALL);
        log.logger.setLevel(Level.ALL);
        log.logger.addHandler(log.handler);
        return log;
    }

    /** What was logged so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What was logged so far as a warning or worse. */
    public List<String> warnings() {
        return lines.stream()
                .filter(line -> line.startsWith(Level.WARNING.getName()) || line.startsWith(Level.SEVERE.getName()))
                .toList();
    }

    private void add(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.append(entry.getLevel().getName()).append(' ').append(new SimpleFormatter().formatMessage(entry));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        lines.add(text.toString());
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setLevel(before.orElse(null));
    }
}
