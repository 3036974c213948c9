package io.nationtech.harmony.domain.value;

/** A value type's factory refused its argument; the message names the value, the rule and, where there is one, the fix. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
