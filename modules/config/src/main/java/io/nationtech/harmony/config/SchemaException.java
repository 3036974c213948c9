package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.Cause;

/** A record cannot be a schema: a mistake in the program, not in what somebody configured. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    SchemaException(Cause cause) {
        super(cause.toString());
        this.cause = cause;
    }

    /** What is wrong and what to write instead. */
    public Cause why() {
        return cause;
    }
}
