package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.Cause;

/** A journal cannot be read or kept. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause why;

    public JournalException(Cause why) {
        super(why.toString());
        this.why = why;
    }

    /** What is wrong and what to do. */
    public Cause why() {
        return why;
    }
}
