package io.nationtech.harmony.graph;

/**
 * Where an apply writes down what it is about to do and what it did, so that the next one can go on after a crash. A port.
 * Whoever has a journal open is the only one. Safe for use by several threads.
 */
public interface Journal extends AutoCloseable {

    /** What was owned when the journal was opened. */
    Ledger ledger();

    /**
     * Keeps an entry; it is durable once this returns.
     *
     * @throws JournalException when it cannot be kept
     */
    void append(JournalEntry entry);

    /** Lets others open the journal. */
    @Override
    void close();
}
