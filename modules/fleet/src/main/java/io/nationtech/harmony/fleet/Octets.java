package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Arrays;
import java.util.Base64;

/** Bytes of any sort that travel in a document, in base 64 (RFC 4648 §4); at most 262,144. */
public final class Octets {
    /** The most bytes that they are. */
    public static final int MOST = 1 << 18;

    private static final Octets NONE = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        if (bytes.length > MOST) {
            throw new InvalidValueException("%d bytes are more than %d".formatted(bytes.length, MOST));
        }
        this.bytes = bytes;
    }

    /** No bytes. */
    public static Octets none() {
        return NONE;
    }

    /**
     * A copy of these.
     *
     * @throws InvalidValueException when there are too many
     */
    public static Octets copyOf(byte[] bytes) {
        return new Octets(bytes.clone());
    }

    /**
     * Reads them as {@link #text} writes them.
     *
     * @throws InvalidValueException when the text is no base 64, or too long
     */
    public static Octets parse(String text) {
        if (text.length() > 2 * MOST) {
            throw new InvalidValueException("%d characters are more than %d bytes".formatted(text.length(), MOST));
        }
        try {
            return new Octets(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("that is no base 64: " + e.getMessage());
        }
    }

    /** In base 64. */
    public String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many there are. */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** What they are may be a secret. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
