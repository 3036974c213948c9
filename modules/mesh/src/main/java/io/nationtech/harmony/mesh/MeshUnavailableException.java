package io.nationtech.harmony.mesh;

import io.nationtech.harmony.domain.Cause;

/** The mesh could not be asked, or refused. Unless a kind of it says otherwise, what was to be written may or may not have been. */
public class MeshUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    public MeshUnavailableException(Cause cause) {
        super(cause.toString());
        this.cause = cause;
    }

    public MeshUnavailableException(Cause cause, Throwable trigger) {
        super(cause.toString(), trigger);
        this.cause = cause;
    }

    /** What is wrong and what to do. */
    public Cause why() {
        return cause;
    }
}
