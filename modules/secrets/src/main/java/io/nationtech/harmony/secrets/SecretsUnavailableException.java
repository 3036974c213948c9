package io.nationtech.harmony.secrets;

import io.nationtech.harmony.domain.Cause;

/**
 * A secret store could not be asked, or refused. Neither the message nor a cause of it has any part of a secret's value: what a
 * library threw while it held one is told in our words and not attached.
 */
public final class SecretsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    public SecretsUnavailableException(Cause cause) {
        super(cause.toString());
        this.cause = cause;
    }

    /** What is wrong and what to do. */
    public Cause why() {
        return cause;
    }
}
