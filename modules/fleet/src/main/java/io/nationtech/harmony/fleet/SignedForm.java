package io.nationtech.harmony.fleet;

import io.nationtech.harmony.mesh.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A document behind a line about it: {@code harmony-signed <token> <number> <signature>}. What is kept without such a line begins with a brace.
 *
 * @param token by which the author was let in
 * @param number of 18 digits at most
 * @param signature in base 64 for URLs, as it was read
 */
public record SignedForm(String token, long number, String signature, Payload document) {
    private static final byte[] BEGIN = "harmony-signed ".getBytes(StandardCharsets.US_ASCII);
    private static final int FIELDS = 4;
    /** Several times what a token needs. */
    private static final int LONGEST_LINE = 1 << 13;

    /** What the bytes are. */
    public sealed interface Found {

        /** No line is before the document. */
        record Plain() implements Found {}

        /** A line that has what it needs; whether that is true is another question. */
        record Signed(SignedForm form) implements Found {}

        /** A line that is none. */
        record Broken() implements Found {}
    }

    /** Finds out. */
    public static Found find(Payload payload) {
        byte[] bytes = payload.bytes();
        if (!isBegun(bytes)) {
            return new Found.Plain();
        }
        int end = endOfLine(bytes);
        String[] fields = new String(bytes, 0, end, StandardCharsets.US_ASCII).split(" ", -1);
        return fields.length == FIELDS && fields[2].matches("[0-9]{1,18}")
                ? new Found.Signed(new SignedForm(
                        fields[1],
                        Long.parseLong(fields[2]),
                        fields[3],
                        Payload.of(Arrays.copyOfRange(bytes, end + 1, bytes.length))))
                : new Found.Broken();
    }

    /** The document without what is said of it. */
    public static Payload documentOf(Payload payload) {
        return find(payload) instanceof Found.Signed(SignedForm form) ? form.document() : payload;
    }

    private static boolean isBegun(byte[] bytes) {
        return bytes.length >= BEGIN.length && Arrays.equals(bytes, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    /** 0 when there is no end within what a line may have. */
    private static int endOfLine(byte[] bytes) {
        for (int at = 0; at < Math.min(bytes.length, LONGEST_LINE); at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return 0;
    }

    /** As it is written. */
    public Payload payload() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(BEGIN);
        bytes.writeBytes(
                "%s %s %s\n".formatted(token, Long.toString(number), signature).getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(document.bytes());
        return Payload.of(bytes.toByteArray());
    }
}
