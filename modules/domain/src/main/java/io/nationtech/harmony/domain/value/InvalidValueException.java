package io.nationtech.harmony.domain.value;

import io.nationtech.harmony.domain.check.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value type's factory refused its argument; the message names the value, the rule and, where there is one, the fix. */
public final class InvalidValueException extends IllegalArgumentException implements Refusal {
    private static final long serialVersionUID = 1L;

    private final String rule;
    private final transient @Nullable Object culprit;
    private final @Nullable String suggestion;

    public InvalidValueException(String message) {
        this(message, null, null);
    }

    private InvalidValueException(String message, @Nullable Object culprit, @Nullable String suggestion) {
        super(suggestion == null ? message : message + "; did you mean " + suggestion + "?");
        this.rule = message;
        this.culprit = culprit;
        this.suggestion = suggestion;
    }

    /** Points at the argument at fault, where a factory has several. */
    public InvalidValueException about(Object argument) {
        return new InvalidValueException(rule, argument, suggestion);
    }

    /** Adds what was likely meant; it must be acceptable. */
    public InvalidValueException suggesting(String likely) {
        return new InvalidValueException(rule, culprit, likely);
    }

    @Override
    public Optional<Object> culprit() {
        return Optional.ofNullable(culprit);
    }

    @Override
    public Optional<String> suggestion() {
        return Optional.ofNullable(suggestion);
    }
}
