package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The file {@value #NAME} of a stick. It has always the same size, so that a program can write another over it without knowing of the file
 * system that it lies in; the rest of it is line ends. People edit it with any editor, which may change its size.
 */
public final class SeedFile {
    /** As the file is called. */
    public static final String NAME = "seed.conf";
    /** The bytes of one that a program wrote: 64 KiB. */
    public static final int SIZE = 1 << 16;
    /** The most bytes that one may have that a person edited. */
    public static final int LARGEST = 2 * SIZE;
    /** As every one begins. */
    static final String MARKER = "# harmony-seed 1";

    private SeedFile() {}

    /** One that says nothing, and tells people what can be said. */
    public static byte[] template() {
        try (InputStream in = Objects.requireNonNull(
                SeedFile.class.getResourceAsStream(NAME), "the template lies beside this class")) {
            return padded(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One that says this.
     *
     * @param seed with its secrets
     * @throws InvalidValueException when it is larger than the file
     */
    public static byte[] of(Seed seed) {
        return padded(MARKER + ", written by a program\n\n" + seed.text());
    }

    private static byte[] padded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > SIZE) {
            throw new InvalidValueException(
                    "a seed of %d bytes is larger than the %d of its file; certificates and registries are most of it"
                            .formatted(bytes.length, SIZE));
        }
        byte[] file = Arrays.copyOf(bytes, SIZE);
        Arrays.fill(file, bytes.length, SIZE, (byte) '\n');
        return file;
    }
}
