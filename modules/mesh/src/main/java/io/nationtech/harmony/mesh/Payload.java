package io.nationtech.harmony.mesh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that do not change; at most 1 MiB, which is what a NATS server takes by default, headers included. */
public final class Payload {
    /** The most bytes that a payload has. */
    public static final int LARGEST = 1 << 20;

    private static final Payload EMPTY = new Payload(new byte[0]);

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A payload of a copy of these bytes.
     *
     * @throws PayloadTooLargeException when there are more than 1 MiB
     */
    public static Payload of(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw PayloadTooLargeException.ofAny(bytes.length);
        }
        return new Payload(bytes.clone());
    }

    /** A payload of a text in UTF-8. */
    public static Payload of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** No bytes. */
    public static Payload empty() {
        return EMPTY;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
