package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/**
 * Who connects, in one word: it stands in the subjects that its role permits, where a dot, {@code *} or {@code >} would permit others'. 1 to 63
 * characters of a-z, 0-9 and {@code -}, as node ids are.
 */
public record ClientName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public ClientName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "the name of who connects to the mesh has 1 to 63 of a-z, 0-9 and '-', and begins and ends with a letter or digit");
        }
    }

    /**
     * @throws InvalidValueException when it has another form
     */
    public static ClientName of(String value) {
        return new ClientName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
