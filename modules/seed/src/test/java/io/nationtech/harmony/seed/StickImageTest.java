package io.nationtech.harmony.seed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On images with a partition table and a file system as other tools make and read them. */
class StickImageTest {
    private static final Seed SEED = new Seed(
            new Network.Automatic(List.of()),
            Optional.of(new Wifi("Shop", "correct horse battery")),
            Optional.empty(),
            NodeSettings.NONE,
            Optional.empty(),
            Optional.empty());

    @TempDir
    private Path folder;

    private Stick stick;

    @BeforeEach
    void make() throws Exception {
        stick = Stick.in(folder);
    }

    @Test
    void whatIsWrittenThereIsWhatAnOperatingSystemReads() throws Exception {
        long offset = assertInstanceOf(StickImage.Found.File.class, find()).offset();

        write(offset, SeedFile.of(SEED));

        assertArrayEquals(SeedFile.of(SEED), stick.read());
        assertEquals(new StickImage.Found.File(offset), find());
        stick.requireSound();
    }

    @Test
    void aFileThatAnEditorWroteElsewhereIsNotWrittenOver() throws Exception {
        stick.replace("[Node]\nname = node-1\n");

        assertTrue(nowhere().contains("was edited"), nowhere());
    }

    @Test
    void aFileInPiecesIsNotWrittenOver() throws Exception {
        stick.replaceByPieces(SeedFile.template());

        assertTrue(nowhere().contains("no longer lies in one piece"), nowhere());
    }

    @Test
    void aFileThatIsThereTwiceIsNotGuessedAt() throws Exception {
        stick.add("copy.conf", SeedFile.template());

        assertTrue(nowhere().contains("no longer lies in one piece"), nowhere());
    }

    @Test
    void anImageWithoutThatPartitionIsRefusedByName() throws Exception {
        stick.renamePartition("something");

        assertEquals("0 partitions are called 'harmony-seed', not one", nowhere());
    }

    @Test
    void whatIsNoDiskAndWhatWasCutOffAreToldApart() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "[Node]\n");
        try (FileChannel channel = FileChannel.open(text)) {
            assertInstanceOf(StickImage.Found.NoDisk.class, StickImage.find(channel));
        }
        try (FileChannel channel = FileChannel.open(stick.image(), StandardOpenOption.WRITE)) {
            channel.truncate(5 << 20);
        }
        assertThrows(EOFException.class, this::find);
    }

    /** Hostile numbers in the table end in a refusal, not in gigabytes of memory or a loop. */
    @Test
    void aTableWithNumbersThatCannotBeIsRefused() throws Exception {
        for (int at : new int[] {72, 84, 512 + 128 + 32, 512 + 128 + 40}) {
            byte[] before = bytes(512 + at, 8);
            for (long number : new long[] {-1, Long.MAX_VALUE, Long.MIN_VALUE, 0x7fffffffffL}) {
                write(
                        512 + at,
                        ByteBuffer.allocate(8)
                                .putLong(Long.reverseBytes(number))
                                .array());
                try {
                    assertInstanceOf(StickImage.Found.Nowhere.class, find(), "%d at %d".formatted(number, at));
                } catch (EOFException e) {
                    // What it says lies behind the end.
                }
            }
            write(512 + at, before);
        }
        assertInstanceOf(StickImage.Found.File.class, find());
    }

    private StickImage.Found find() throws IOException {
        try (FileChannel channel = FileChannel.open(stick.image())) {
            return StickImage.find(channel);
        }
    }

    private String nowhere() throws IOException {
        return assertInstanceOf(StickImage.Found.Nowhere.class, find()).why();
    }

    private void write(long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(stick.image(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    private byte[] bytes(long offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        try (FileChannel channel = FileChannel.open(stick.image())) {
            channel.read(buffer, offset);
        }
        return buffer.array();
    }
}
