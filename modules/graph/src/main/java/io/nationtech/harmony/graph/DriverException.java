package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.Cause;

/** A driver could not do what it was asked. */
public final class DriverException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Cause why;
    private final Persistence persistence;

    /** Whether trying again can help. */
    public enum Persistence {
        /** It may work in a moment: a broken connection, a busy server. */
        TRANSIENT,
        /** It will not work until someone changes something. */
        PERMANENT
    }

    public DriverException(Cause why, Persistence persistence) {
        super(why.toString());
        this.why = why;
        this.persistence = persistence;
    }

    /** What is wrong and what to do. */
    public Cause why() {
        return why;
    }

    /** Whether trying again can help. */
    public Persistence persistence() {
        return persistence;
    }
}
