package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StickCopyTest {
    /** More than one piece, not a whole number of them, and the seed across two. */
    private static final int SIZE = (9 << 20) + 512;

    private static final long SEED_AT = (4 << 20) - 100;

    @TempDir
    private Path folder;

    private final byte[] image = new byte[SIZE];
    private final byte[] seed = new byte[1000];

    @BeforeEach
    void make() throws IOException {
        new Random(1).nextBytes(image);
        new Random(2).nextBytes(seed);
        Files.write(folder.resolve("image"), image);
    }

    @Test
    void theSeedIsInTheImagesPlaceAndAllElseIsTheImage() throws IOException {
        copy();

        byte[] wanted = image.clone();
        System.arraycopy(seed, 0, wanted, (int) SEED_AT, seed.length);
        assertEquals(-1, Files.mismatch(Files.write(folder.resolve("wanted"), wanted), target().path()));
        assertEquals(Optional.empty(), differing());
    }

    @Test
    void whatAStickLostIsFoundToTheByte() throws IOException {
        for (long at : new long[] {0, SEED_AT, SEED_AT + 999, SIZE - 1}) {
            copy();
            try (FileChannel channel =
                    FileChannel.open(target().path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, at);
                channel.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), at);
            }
            assertEquals(Optional.of(at), differing());
            Files.delete(target().path());
        }
    }

    @Test
    void aStickThatHoldsLessThanItSaysIsFound() throws IOException {
        copy();
        try (FileChannel channel = FileChannel.open(target().path(), StandardOpenOption.WRITE)) {
            channel.truncate(5 << 20);
        }

        assertEquals(Optional.of(5L << 20), differing());
    }

    @Test
    void aFileOfSomebodyElsesIsNeitherWrittenNorDeleted() throws IOException {
        Files.writeString(target().path(), "mine");

        assertThrows(FileAlreadyExistsException.class, this::copy);

        assertEquals("mine", Files.readString(target().path()));
    }

    @Test
    void aFileThatCannotBeWrittenWholeIsNotLeft() throws IOException {
        FileChannel closed = FileChannel.open(folder.resolve("image"));
        closed.close();

        assertThrows(IOException.class, () -> new StickCopy(closed, SEED_AT, seed).writeTo(target(), _ -> {}));

        assertFalse(Files.exists(target().path()));
    }

    private StickTarget target() {
        return new StickTarget.NewFile(folder.resolve("stick"));
    }

    private void copy() throws IOException {
        try (FileChannel in = FileChannel.open(folder.resolve("image"))) {
            new StickCopy(in, SEED_AT, seed).writeTo(target(), _ -> {});
        }
    }

    private Optional<Long> differing() throws IOException {
        try (FileChannel in = FileChannel.open(folder.resolve("image"))) {
            return new StickCopy(in, SEED_AT, seed).differsFrom(target(), _ -> {});
        }
    }
}
