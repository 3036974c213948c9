package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/**
 * The name of an environment variable: 1 to 128 letters, digits and '_', not beginning with a digit (POSIX.1-2024, XBD §8.1); and '.', as programs
 * read settings in it that have such names in their files: {@code discovery.type}.
 */
public record EnvName(String value) implements Comparable<EnvName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,127}");

    public EnvName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not the name of an environment variable: use up to 128 letters, digits, '_' and '.', as in TZ"
                            .formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not such a name
     */
    public static EnvName of(String value) {
        return new EnvName(value);
    }

    /** Whether shells have a variable of that name, which a secret needs. */
    public boolean isOfShells() {
        return value.indexOf('.') < 0;
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
