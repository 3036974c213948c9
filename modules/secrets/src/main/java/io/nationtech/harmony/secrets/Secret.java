package io.nationtech.harmony.secrets;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A secret's value, 1 to 65,536 bytes, for as long as it is open. The bytes lie outside the Java heap, where no garbage
 * collection copies them, and are overwritten with zeros on {@link #close}. It shows itself as {@code (secret)}, is not
 * serialisable, and equals only itself; {@link #matches} compares values. Safe for use by several threads.
 *
 * <p>What this cannot do: take back the copies that a library or the operating system makes of bytes lent by {@link #read},
 * keep the pages out of swap, or zero what is never closed.
 */
public final class Secret implements AutoCloseable {
    /** The most bytes that a secret has: enough for a certificate chain with its key. */
    public static final int LARGEST = 1 << 16;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SHORTEST_RANDOM = 16;
    private static final int LONGEST_CHARACTER = 3;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;

    private Secret(byte[] value) {
        bytes = arena.allocate(value.length);
        MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, 0, value.length);
    }

    /**
     * Takes the value out of an array, which holds zeros afterwards, also when it is refused.
     *
     * @throws IllegalArgumentException when there are no bytes or more than 65,536
     */
    public static Secret takeFrom(byte[] value) {
        try {
            if (value.length < 1 || value.length > LARGEST) {
                throw new IllegalArgumentException(
                        "a secret of %d bytes is outside 1..%d".formatted(value.length, LARGEST));
            }
            return new Secret(value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /**
     * Takes a text in UTF-8 out of an array, which holds zeros afterwards, also when it is refused.
     *
     * @throws IllegalArgumentException when it has no bytes or more than 65,536
     */
    public static Secret takeFrom(char[] text) {
        if (text.length > LARGEST) {
            Arrays.fill(text, '\0');
            throw new IllegalArgumentException("a secret of more than %d bytes".formatted(LARGEST));
        }
        ByteBuffer encoded = ByteBuffer.allocate(text.length * LONGEST_CHARACTER);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(text), encoded, true);
        byte[] value = new byte[encoded.position()];
        encoded.flip().get(value);
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(text, '\0');
        return takeFrom(value);
    }

    /**
     * A new random text of letters and digits; 22 of them carry 128 bits.
     *
     * @param characters how many; 16 to 65,536
     * @throws IllegalArgumentException when {@code characters} is outside its bounds
     */
    public static Secret random(SecureRandom random, int characters) {
        if (characters < SHORTEST_RANDOM || characters > LARGEST) {
            throw new IllegalArgumentException("a random secret of %d characters is outside %d..%d"
                    .formatted(characters, SHORTEST_RANDOM, LARGEST));
        }
        byte[] value = new byte[characters];
        for (int i = 0; i < characters; i++) {
            value[i] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
        }
        return takeFrom(value);
    }

    /**
     * Lends a copy of the bytes to a reader; the copy is zeroed when the reader returns, so it must not be kept.
     *
     * @throws IllegalStateException when this was closed
     */
    public <T> T read(Function<byte[], T> reader) {
        byte[] copy = copy();
        try {
            return reader.apply(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** Whether both have the same value, found out in a time that tells nothing of where they differ. */
    public boolean matches(Secret other) {
        return read(mine -> other.read(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    /** Overwrites the value with zeros and gives its memory back. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) {
            bytes.fill((byte) 0);
            arena.close();
        }
    }

    private synchronized byte[] copy() {
        if (!arena.scope().isAlive()) {
            throw new IllegalStateException("this secret was closed; get it from its store again");
        }
        return bytes.toArray(ValueLayout.JAVA_BYTE);
    }

    /** Always {@code (secret)}. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
