package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalFormatTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void everyLineForTheJournalHasItsPriority() {
        assertEquals(
                "<4>no mesh\n<4>  → start it\n",
                JournalFormat.JOURNAL.entry(Level.WARNING, NOW, "no mesh\n  → start it", null));
        assertEquals("<6>ready\n", JournalFormat.JOURNAL.entry(Level.INFO, NOW, "ready", null));
        assertEquals("<3>broken\n", JournalFormat.JOURNAL.entry(Level.ERROR, NOW, "broken", null));
    }

    @Test
    void aPersonSeesTimeAndLevel() {
        assertEquals(
                "2026-01-02T03:04:05.678Z INFO    ready\n", JournalFormat.PLAIN.entry(Level.INFO, NOW, "ready", null));
    }

    @Test
    void underTheJournalItIsForTheJournal() {
        assertEquals(JournalFormat.JOURNAL, JournalFormat.of(Map.of("JOURNAL_STREAM", "8:1")));
        assertEquals(JournalFormat.PLAIN, JournalFormat.of(Map.of()));
    }

    @Test
    void aThrownOneIsToldByItsReasons() {
        Throwable thrown = new IllegalStateException("cannot start", new IOException("no space"));
        thrown.setStackTrace(new StackTraceElement[0]);
        thrown.getCause().setStackTrace(new StackTraceElement[] {
            new StackTraceElement("Disk", "write", "Disk.java", 7), new StackTraceElement("Far", "away", "Far.java", 1)
        });

        assertEquals("""
                <3>oops
                <3>  because java.lang.IllegalStateException: cannot start
                <3>  because java.io.IOException: no space
                <3>    at Disk.write(Disk.java:7)
                """, JournalFormat.JOURNAL.entry(Level.ERROR, NOW, "oops", thrown));
    }

    @Test
    void valuesTakeTheirPlacesAndNothingElseChanges() {
        assertEquals("a=1, b=x, a=1", JournalFormat.fill("a={0}, b={1}, a={0}", new Object[] {1, "x"}));
        assertEquals("it's {1} {x} {", JournalFormat.fill("it's {1} {x} {", new Object[] {1}));
        assertEquals("{0}", JournalFormat.fill("{0}", new Object[] {}));
        assertEquals("{1}", JournalFormat.fill("{0}", new Object[] {"{1}"}));
    }
}
