package io.nationtech.harmony.nats.identity;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Base 32 in capitals and without padding (RFC 4648 §6), as NATS writes keys. Works on bytes, so that a private key is in no string. */
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;

    private Base32() {}

    static byte[] encode(byte[] bytes) {
        ByteBuffer text = ByteBuffer.allocate((bytes.length * Byte.SIZE + BITS - 1) / BITS);
        int bits = 0;
        int held = 0;
        for (byte next : bytes) {
            bits = (bits << Byte.SIZE) | (next & 0xff);
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.put((byte) ALPHABET.charAt((bits >> held) & MASK));
            }
            bits &= (1 << held) - 1;
        }
        if (held > 0) {
            text.put((byte) ALPHABET.charAt((bits << (BITS - held)) & MASK));
        }
        return text.array();
    }

    /** Empty when there is another character, or the bits that are left over are not zero: of two texts one is not the canonical one. */
    static Optional<byte[]> decode(byte[] text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length * BITS / Byte.SIZE);
        int bits = 0;
        int held = 0;
        for (byte next : text) {
            int value = ALPHABET.indexOf(next);
            if (value < 0) {
                return Optional.empty();
            }
            bits = (bits << BITS) | value;
            held += BITS;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes.put((byte) (bits >> held));
            }
            bits &= (1 << held) - 1;
        }
        return held < BITS && bits == 0 ? Optional.of(bytes.array()) : Optional.empty();
    }
}
