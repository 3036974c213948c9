package io.nationtech.harmony.disks;

import io.nationtech.harmony.domain.Cause;

/** Nobody tells which disks there are. */
public final class DisksUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    DisksUnavailableException(Cause cause) {
        super(cause.toString());
        this.cause = cause;
    }

    /** What is the matter, and what to do. */
    public Cause why() {
        return cause;
    }
}
