package io.nationtech.harmony.secrets;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** A world that has secrets of its own, such as {@code dev} or {@code prod}: 1 to 63 of a-z, 0-9 and '-', first a letter. */
public record EnvironmentName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    public EnvironmentName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "environment '%s' is not a name: use 1 to 63 of a-z, 0-9 and '-', beginning with a letter, as in prod"
                            .formatted(value));
        }
    }

    /**
     * The environment of this name.
     *
     * @throws InvalidValueException when {@code value} is no such name
     */
    public static EnvironmentName of(String value) {
        return new EnvironmentName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
