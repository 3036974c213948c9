package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;

/** What is kept of a rollout cannot be read, or is more than can be kept; says why. */
public final class RolloutRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    public RolloutRefusedException(Cause cause) {
        super(cause.toString());
        this.cause = cause;
    }

    /** What is wrong, where, and what to do. */
    public Cause why() {
        return cause;
    }
}
