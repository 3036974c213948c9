package io.nationtech.harmony.domain.value;

import java.nio.charset.StandardCharsets;

/** What a TXT record says (RFC 1035 §3.3.14): one line of text, 1 to 2,048 bytes of UTF-8. Everybody may read it. */
public record DnsText(String value) {
    private static final int MOST_BYTES = 2_048;

    public DnsText {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MOST_BYTES) {
            throw new InvalidValueException(
                    "the text of a TXT record has %d bytes; it has 1 to %d".formatted(bytes, MOST_BYTES));
        }
        value.codePoints()
                .filter(character ->
                        Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE)
                .findFirst()
                .ifPresent(character -> {
                    throw new InvalidValueException(
                            "the text of a TXT record has U+%04X in it; write one line without control characters"
                                    .formatted(character));
                });
    }

    /**
     * @throws InvalidValueException when {@code value} is empty, too long, or no single line
     */
    public static DnsText of(String value) {
        return new DnsText(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
