package io.nationtech.harmony.seed;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where on a stick, or in the image of one, the seed's file lies. Looks for what only such a file has, in the partition that is labelled
 * {@value #LABEL}; of file systems it knows no more than an entry of a folder, which has the file's size (Microsoft FAT specification 1.03 §6).
 */
public final class StickImage {
    /** The name of the seed's partition in the partition table (GPT). */
    public static final String LABEL = "harmony-seed";

    private static final int SECTOR = 512;
    private static final byte[] GPT = "EFI PART".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_ENTRIES = 128;
    private static final int ENTRY = 128;
    private static final long LARGEST_PARTITION = 64L << 20;
    private static final int FOLDER_ENTRY = 32;
    /** Of a name that is longer than eight and three letters there is a short one beside it. */
    private static final byte[] SHORT_NAME = "SEED~1  CON".getBytes(StandardCharsets.US_ASCII);

    private StickImage() {}

    /** What was found. */
    public sealed interface Found {

        /** The file, in one piece, so that it can be written over: {@link SeedFile#SIZE} bytes from this one on. */
        record File(long offset) implements Found {}

        /** No such place, for this reason. */
        record Nowhere(String why) implements Found {}

        /** There is no partition table: this is no disk. */
        record NoDisk() implements Found {}
    }

    private record Partition(long offset, long bytes) {}

    /**
     * Looks for it.
     *
     * @throws IOException when it cannot be read
     */
    public static Found find(FileChannel disk) throws IOException {
        if (disk.size() != 0 && disk.size() < 2 * SECTOR) {
            return new Found.NoDisk();
        }
        byte[] header = read(disk, SECTOR, SECTOR);
        if (!startsWith(header, 0, GPT)) {
            return new Found.NoDisk();
        }
        List<Partition> partitions = partitions(disk, numbers(header));
        if (partitions.size() != 1) {
            return new Found.Nowhere("%d partitions are called '%s', not one".formatted(partitions.size(), LABEL));
        }
        Partition partition = partitions.getFirst();
        if (partition.bytes() < SeedFile.SIZE || partition.bytes() > LARGEST_PARTITION) {
            return new Found.Nowhere("partition '%s' has %d bytes, which is not between %d and %d"
                    .formatted(LABEL, partition.bytes(), SeedFile.SIZE, LARGEST_PARTITION));
        }
        return inPartition(partition, read(disk, partition.offset(), (int) partition.bytes()));
    }

    private static List<Partition> partitions(FileChannel disk, ByteBuffer header) throws IOException {
        long at = header.getLong(72);
        int entries = Math.clamp(header.getInt(80), 0, MOST_ENTRIES);
        int size = header.getInt(84);
        List<Partition> found = new ArrayList<>();
        if (size < ENTRY || size > SECTOR * SECTOR || at < 2 || at > Integer.MAX_VALUE) {
            return found;
        }
        byte[] name = LABEL.getBytes(StandardCharsets.UTF_16LE);
        for (int i = 0; i < entries; i++) {
            byte[] bytes = read(disk, at * SECTOR + (long) i * size, ENTRY);
            if (startsWith(bytes, 56, Arrays.copyOf(name, name.length + 2))) {
                ByteBuffer entry = numbers(bytes);
                long first = entry.getLong(32);
                long sectors = entry.getLong(40) - first + 1;
                if (first > 0 && sectors > 0 && first < Long.MAX_VALUE / SECTOR && sectors < Long.MAX_VALUE / SECTOR) {
                    found.add(new Partition(first * SECTOR, sectors * SECTOR));
                }
            }
        }
        return found;
    }

    private static Found inPartition(Partition partition, byte[] bytes) {
        List<Integer> begins = new ArrayList<>();
        byte[] marker = SeedFile.MARKER.getBytes(StandardCharsets.US_ASCII);
        int entries = 0;
        for (int at = 0; at < bytes.length; at += FOLDER_ENTRY) {
            if (at % SECTOR == 0 && startsWith(bytes, at, marker)) {
                begins.add(at);
            }
            if (startsWith(bytes, at, SHORT_NAME) && sizeIn(bytes, at) == SeedFile.SIZE) {
                entries++;
            }
        }
        if (entries != 1 || begins.size() != 1 || !isText(bytes, begins.getFirst())) {
            return new Found.Nowhere(
                    "%s was edited, or taken away, since the image was made, and no longer lies in one piece"
                            .formatted(SeedFile.NAME));
        }
        return new Found.File(partition.offset() + begins.getFirst());
    }

    private static int sizeIn(byte[] bytes, int entry) {
        return numbers(bytes).getInt(entry + 28);
    }

    private static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What lies between is nothing else's: that would hardly be text alone, to the last byte, which is a line's end. */
    private static boolean isText(byte[] bytes, int begin) {
        int end = begin + SeedFile.SIZE;
        if (end > bytes.length || bytes[end - 1] != '\n') {
            return false;
        }
        for (int at = begin; at < end; at++) {
            if (bytes[at] >= 0 && bytes[at] < ' ' && bytes[at] != '\n' && bytes[at] != '\r' && bytes[at] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] wanted) {
        return at + wanted.length <= bytes.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private static byte[] read(FileChannel disk, long offset, int count) throws IOException {
        byte[] bytes = new byte[count];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            long at = offset + buffer.position();
            if (disk.read(buffer, at) < 0) {
                throw new EOFException("it ends before byte %d, which its partition table speaks of".formatted(at));
            }
        }
        return bytes;
    }
}
