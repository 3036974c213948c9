package io.nationtech.harmony.operator;

import io.nationtech.harmony.domain.Cause;

/** A deployment module cannot be taken; says why. */
public final class ModuleRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause why;

    ModuleRefusedException(Cause why) {
        super(why.toString());
        this.why = why;
    }

    ModuleRefusedException(Cause why, Throwable trigger) {
        super(why.toString(), trigger);
        this.why = why;
    }

    /** What is wrong, where, and what to do. */
    public Cause why() {
        return why;
    }
}
