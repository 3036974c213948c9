package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** Tells several configurations of one kind apart, as in {@code smtp.backup.host}: 1 to 32 of a-z, 0-9 and '-'. */
public record InstanceName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,30}[a-z0-9])?");

    public InstanceName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "instance '%s' is not a name: use 1 to 32 of a-z, 0-9 and '-', beginning with a letter, as in backup"
                            .formatted(value));
        }
    }

    /**
     * The instance of this name.
     *
     * @throws InvalidValueException when {@code value} is no such name
     */
    public static InstanceName of(String value) {
        return new InstanceName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
