package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** The name of an environment variable: 1 to 128 letters, digits and '_', not beginning with a digit (POSIX.1-2024, XBD §8.1). */
public record EnvName(String value) implements Comparable<EnvName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    public EnvName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not the name of an environment variable: use up to 128 letters, digits and '_', as in TZ"
                            .formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not such a name
     */
    public static EnvName of(String value) {
        return new EnvName(value);
    }

    @Override
    public int compareTo(EnvName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
