package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.Cause;

/** A copy cannot be made, read or put back; says why. */
final class BackupFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    BackupFailedException(Cause cause) {
        super(cause.toString());
        this.cause = cause;
    }

    Cause why() {
        return cause;
    }
}
