package io.nationtech.harmony.domain.value;

import java.nio.charset.StandardCharsets;

/**
 * The rule of texts that a process gets as they are: any text, also an empty or a long one of several lines, without control characters but
 * line feeds and tabs.
 */
final class ProcessText {
    /**
     * A quarter of what the kernel takes as one word of a command (MAX_ARG_STRLEN, execve(2)): there is room for the quoting of whoever
     * hands it on.
     */
    static final int MOST_BYTES = 32_768;

    private ProcessText() {}

    /**
     * @param what the text is, as in "an argument"
     * @throws InvalidValueException when it is too long, or has control characters or half a surrogate pair
     */
    static void require(String what, String value) {
        int bytes = bytes(value);
        if (bytes > MOST_BYTES) {
            throw new InvalidValueException(
                    "%s has %d bytes, and may have %d: put it into a file, and name that instead"
                            .formatted(what, bytes, MOST_BYTES));
        }
        value.codePoints().filter(ProcessText::isRefused).findFirst().ifPresent(character -> {
            throw new InvalidValueException(
                    "%s, '%s', has U+%04X in it: leave out control characters other than line feeds and tabs, or put it into a file"
                            .formatted(what, value.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?"), character));
        });
    }

    static int bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isRefused(int character) {
        return character != '\t'
                && character != '\n'
                && (Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE);
    }
}
