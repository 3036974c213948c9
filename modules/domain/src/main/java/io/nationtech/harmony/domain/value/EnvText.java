package io.nationtech.harmony.domain.value;

import java.nio.charset.StandardCharsets;

/**
 * The value of an environment variable: any text, also an empty one, without line breaks and other control characters but the tab, of at
 * most 32,768 bytes of UTF-8. A quarter of what the kernel takes as one word of a command (MAX_ARG_STRLEN, execve(2)): there is room for
 * the quoting of whoever hands it on. What is longer, or of several lines, is a file. No place for secrets: everybody on the node may read
 * it.
 */
public record EnvText(String value) {
    private static final int MOST_BYTES = 32_768;

    public EnvText {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new InvalidValueException(
                    "the value of an environment variable has %d bytes, and may have %d: put it into a file, and name that in the variable"
                            .formatted(bytes, MOST_BYTES));
        }
        value.codePoints()
                .filter(character -> character != '\t'
                        && (Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE))
                .findFirst()
                .ifPresent(character -> {
                    throw new InvalidValueException(
                            "the value '%s' of an environment variable has U+%04X in it: leave out line breaks and other control characters, or put it into a file"
                                    .formatted(value.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?"), character));
                });
    }

    /**
     * @throws InvalidValueException when {@code value} is too long, or has control characters or half a surrogate pair
     */
    public static EnvText of(String value) {
        return new EnvText(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
