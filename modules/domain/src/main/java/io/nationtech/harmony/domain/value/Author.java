package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** Who changed something: {@code user@host}, or an agent's {@code agent@node}. 1 to 128 printable ASCII characters without blanks. */
public record Author(String value) {
    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

    public Author {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("'%s' is not an author; write user@host".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not 1 to 128 printable ASCII characters
     */
    public static Author of(String value) {
        return new Author(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
