package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;

/** A command cannot do what it is for; says why, and what the process ends with. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;
    private final ExitCode exitCode;

    CommandFailedException(ExitCode exitCode, Cause cause) {
        super(cause.toString());
        this.exitCode = exitCode;
        this.cause = cause;
    }

    CommandFailedException(ExitCode exitCode, Cause cause, Throwable trigger) {
        super(cause.toString(), trigger);
        this.exitCode = exitCode;
        this.cause = cause;
    }

    Cause why() {
        return cause;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
