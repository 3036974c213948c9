package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** As whom a person logs in: 1 to 64 of letters, digits, '.', '_', '-' and '@', the first a letter or digit. */
public record LoginName(String value) implements Comparable<LoginName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    public LoginName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not a name to log in by: use 1 to 64 letters, digits, '.', '_', '-' and '@', first a letter or digit"
                            .formatted(value.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not such a name
     */
    public static LoginName of(String value) {
        return new LoginName(value);
    }

    @Override
    public int compareTo(LoginName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
