package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.Cause;

/** A capability's tool cannot be used on this node at all. */
public final class RuntimeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    public RuntimeUnavailableException(Cause cause) {
        super(cause.toString());
        this.cause = cause;
    }

    /** What is wrong and what to do. */
    public Cause why() {
        return cause;
    }
}
