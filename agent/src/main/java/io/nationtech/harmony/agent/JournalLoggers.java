package io.nationtech.harmony.agent;

import java.lang.System.Logger;

/** Every logger of the process writes to the journal. In place of {@code java.logging}, which would cost a megabyte and is no prettier. */
public final class JournalLoggers extends System.LoggerFinder {
    private final JournalFormat format = JournalFormat.of(System.getenv());

    /** For the JDK, which finds it as a service. */
    public JournalLoggers() {}

    @Override
    public Logger getLogger(String name, Module module) {
        return new JournalLogger(name, format, System.err);
    }
}
