package io.nationtech.harmony.form;

/** A record has no form: of its declaration, not of what it holds. The message names the type and what to change there. */
public final class UnsupportedTypeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnsupportedTypeException(String message) {
        super(message);
    }
}
