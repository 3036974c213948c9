package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;

/**
 * What a maker calls a piece of hardware: 1 to 96 printable characters. Never a serial number, and never decided upon: firmware
 * says what it likes here.
 */
public record ModelName(String value) {
    private static final int LONGEST = 96;

    public ModelName {
        if (value.isBlank() || value.length() > LONGEST || !value.equals(printable(value))) {
            throw new InvalidValueException(
                    "model name of %d characters: give 1 to %d printable ones, without space at either end"
                            .formatted(value.length(), LONGEST));
        }
    }

    /**
     * Reads what firmware wrote: what cannot be printed becomes '?', what is too long is cut, what is empty is "unknown".
     */
    public static ModelName cleaned(String raw) {
        String text = printable(raw.replace('\0', ' '));
        String cut = text.length() > LONGEST ? printable(text.substring(0, LONGEST)) : text;
        return new ModelName(cut.isEmpty() ? "unknown" : cut);
    }

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.isWhitespace(point) ? ' ' : point)
                .map(point -> isPrintable(point) ? point : '?')
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> point != 0xFFFD;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
