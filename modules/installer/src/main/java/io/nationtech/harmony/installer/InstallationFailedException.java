package io.nationtech.harmony.installer;

import io.nationtech.harmony.domain.Cause;

/** Nothing can be installed; says why. */
final class InstallationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    InstallationFailedException(Cause cause) {
        super(cause.toString());
        this.cause = cause;
    }

    Cause why() {
        return cause;
    }
}
