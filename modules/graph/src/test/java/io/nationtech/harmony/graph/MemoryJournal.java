package io.nationtech.harmony.graph;

import java.util.ArrayList;
import java.util.List;

/** A journal in memory. What was appended before the power went is still there when it is opened again. */
final class MemoryJournal implements Journal {
    private final List<JournalEntry> entries;
    private final Power power;
    private final Ledger atOpening = new Ledger();

    MemoryJournal(List<JournalEntry> entries, Power power) {
        this.entries = entries;
        this.power = power;
        entries.forEach(atOpening::accept);
    }

    static MemoryJournal empty() {
        return new MemoryJournal(new ArrayList<>(), Power.endless());
    }

    /** The same journal, opened again after the power came back. */
    MemoryJournal reopened(Power now) {
        return new MemoryJournal(entries, now);
    }

    Ledger now() {
        return reopened(power).ledger();
    }

    @Override
    public Ledger ledger() {
        return atOpening;
    }

    @Override
    public synchronized void append(JournalEntry entry) {
        power.require();
        entries.add(entry);
    }

    @Override
    public void close() {}
}
