package io.nationtech.harmony.rules;

/** A module that is not fit to be deployed; what is wrong was told before. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
