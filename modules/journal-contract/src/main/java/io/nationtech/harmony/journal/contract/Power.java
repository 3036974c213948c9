package io.nationtech.harmony.journal.contract;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Ledger;
import java.util.concurrent.atomic.AtomicInteger;

/** Lasts for so many uses; whatever needs it fails from then on. */
final class Power {
    static final Cause OUT = new Cause("the power is out", "the test", "apply from elsewhere");

    private static final int ENDLESS = Integer.MAX_VALUE;

    private final AtomicInteger left;
    private final boolean ends;

    private Power(int uses) {
        left = new AtomicInteger(uses);
        ends = uses < ENDLESS;
    }

    static Power lasting(int uses) {
        return new Power(uses);
    }

    static Power endless() {
        return new Power(ENDLESS);
    }

    /** Whether whoever has it dies, sooner or later. */
    boolean ends() {
        return ends;
    }

    /** Uses some; whether there was any left. */
    boolean use() {
        return left.getAndUpdate(uses -> uses == 0 ? 0 : uses - 1) > 0;
    }

    /** A journal that needs it. */
    record PoweredJournal(Journal journal, Power power) implements Journal {
        @Override
        public Ledger ledger() {
            return journal.ledger();
        }

        @Override
        public void append(JournalEntry entry) {
            if (!power.use()) {
                throw new JournalException(OUT);
            }
            journal.append(entry);
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
