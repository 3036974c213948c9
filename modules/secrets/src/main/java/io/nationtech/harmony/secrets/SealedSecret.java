package io.nationtech.harmony.secrets;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Arrays;
import java.util.Base64;

/** A secret that only the holder of one private key can open; made to travel through the mesh. At most 128 KiB. */
public final class SealedSecret {
    private static final int LARGEST = 1 << 17;

    private final byte[] bytes;

    private SealedSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A sealed secret of a copy of these bytes.
     *
     * @throws InvalidValueException when there are more than 128 KiB
     */
    public static SealedSecret of(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new InvalidValueException(
                    "a sealed secret of %d bytes is larger than %d".formatted(bytes.length, LARGEST));
        }
        return new SealedSecret(bytes.clone());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws InvalidValueException when it is not Base64 (RFC 4648 §4), or too long
     */
    public static SealedSecret parse(String text) {
        try {
            return of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("this is not a sealed secret: it is not Base64, or too long");
        }
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes in Base64 (RFC 4648 §4). */
    public String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedSecret sealed && Arrays.equals(bytes, sealed.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "sealed, %d bytes".formatted(bytes.length);
    }
}
