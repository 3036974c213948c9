package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** Who did something by hand: {@code user@host}. 1 to 128 printable ASCII characters without blanks. */
public record Person(String value) {
    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

    public Person {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("'%s' is not a person; write user@host".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not 1 to 128 printable ASCII characters
     */
    public static Person of(String value) {
        return new Person(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
