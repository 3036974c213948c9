package io.nationtech.harmony.nats.identity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A key's bytes as text: a prefix, the bytes, a checksum, in base 32 (NATS' ADR-14). */
final class KeyText {
    static final int KEY_BYTES = 32;
    private static final int CHECKSUM_BYTES = 2;
    /** CRC-16/XMODEM. */
    private static final int POLYNOMIAL = 0x1021;

    private static final int TOP = 0x8000;

    private KeyText() {}

    static byte[] of(byte[] prefix, byte[] key) {
        ByteBuffer raw = ByteBuffer.allocate(prefix.length + key.length + CHECKSUM_BYTES);
        raw.put(prefix).put(key);
        int checksum = checksum(raw.array(), raw.position());
        raw.put((byte) checksum).put((byte) (checksum >> Byte.SIZE));
        try {
            return Base32.encode(raw.array());
        } finally {
            Arrays.fill(raw.array(), (byte) 0);
        }
    }

    /** The key's bytes; empty when the text is another kind's, or damaged. */
    static Optional<byte[]> keyIn(byte[] text, byte[] prefix) {
        return Base32.decode(text).flatMap(raw -> {
            try {
                boolean isOurs = raw.length == prefix.length + KEY_BYTES + CHECKSUM_BYTES
                        && Arrays.equals(raw, 0, prefix.length, prefix, 0, prefix.length)
                        && isSound(raw);
                return isOurs
                        ? Optional.of(Arrays.copyOfRange(raw, prefix.length, prefix.length + KEY_BYTES))
                        : Optional.empty();
            } finally {
                Arrays.fill(raw, (byte) 0);
            }
        });
    }

    private static boolean isSound(byte[] raw) {
        int length = raw.length - CHECKSUM_BYTES;
        int checksum = checksum(raw, length);
        return raw[length] == (byte) checksum && raw[length + 1] == (byte) (checksum >> Byte.SIZE);
    }

    private static int checksum(byte[] bytes, int length) {
        int checksum = 0;
        for (int at = 0; at < length; at++) {
            checksum ^= (bytes[at] & 0xff) << Byte.SIZE;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                checksum = (checksum & TOP) == 0 ? checksum << 1 : (checksum << 1) ^ POLYNOMIAL;
            }
        }
        return checksum & 0xffff;
    }
}
