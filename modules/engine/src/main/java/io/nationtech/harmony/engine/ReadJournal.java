package io.nationtech.harmony.engine;

import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.Ledger;

/** A journal as it was read, for whoever only plans; an apply with it is a defect. */
record ReadJournal(Ledger ledger) implements Journal {

    @Override
    public void append(JournalEntry entry) {
        throw new IllegalStateException("%s of %s, but this journal was only read"
                .formatted(entry.getClass().getSimpleName(), entry.id()));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
