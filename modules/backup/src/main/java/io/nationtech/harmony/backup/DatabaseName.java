package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** A database, or a user of one, in a server: 1 to 63 of A-Z, a-z, 0-9 and '_', not beginning with a digit. */
public record DatabaseName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    public DatabaseName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not the name of a database or of a user of one; use up to 63 of A-Z, a-z, 0-9 and '_'"
                            .formatted(value.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /**
     * @throws InvalidValueException when it is no such name
     */
    public static DatabaseName of(String value) {
        return new DatabaseName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
