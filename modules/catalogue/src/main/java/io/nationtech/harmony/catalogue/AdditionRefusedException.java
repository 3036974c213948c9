package io.nationtech.harmony.catalogue;

import io.nationtech.harmony.domain.Cause;

/** Nothing was added, for that reason. */
public final class AdditionRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause why;

    AdditionRefusedException(Cause why) {
        super(why.toString());
        this.why = why;
    }

    AdditionRefusedException(Cause why, Throwable trigger) {
        super(why.toString(), trigger);
        this.why = why;
    }

    /** What is wrong, where, and what to do. */
    public Cause why() {
        return why;
    }
}
