package io.nationtech.harmony.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The writes of a machine to its disk, in their order, as QEMU's blklogwrites keeps them; the format is that of the kernel's dm-log-writes
 * (Documentation/admin-guide/device-mapper/log-writes.rst, drivers/md/dm-log-writes.c).
 *
 * @param path the log, from which data is read when it is asked for
 */
public record WriteLog(Path path, List<Write> writes) {
    private static final long MAGIC = 0x6a736677736872L;
    private static final int SECTOR = 512;
    private static final int FLUSH = 1;
    private static final int FUA = 2;
    private static final int DISCARD = 4;
    /** A write of zeros may be as long as a partition; a disk takes it in pieces, too. */
    private static final int LONGEST = 1 << 20;

    /** When a write is on the disk for certain. */
    public enum Durability {
        /** At the next flush. */
        CACHED,
        /** At once. */
        THROUGH,
        /** At once, and all before it. */
        FLUSHES
    }

    /**
     * One write, or a piece of one.
     *
     * @param offset where on the disk, in bytes
     * @param length in bytes, at most 1 MiB; 0 for a flush alone
     * @param data where in the log, in bytes
     */
    public record Write(long offset, int length, long data, Durability durability) {
        public boolean touches(long from, long to) {
            return length > 0 && offset < to && offset + length > from;
        }
    }

    public WriteLog {
        writes = List.copyOf(writes);
    }

    /**
     * @throws IOException when it is no such log
     */
    public static WriteLog read(Path path) throws IOException {
        try (FileChannel log = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer head = at(log, 0, 28);
            if (head.getLong() != MAGIC || head.getLong() != 1) {
                throw new IOException(path + " is no log of writes of version 1");
            }
            head.getLong(); // how many there are: of a machine that was cut off, too few
            int sector = head.getInt();
            List<Write> writes = new ArrayList<>();
            long position = sector;
            while (position + sector <= log.size()) {
                ByteBuffer entry = at(log, position, 32);
                long first = entry.getLong();
                long sectors = entry.getLong();
                long flags = entry.getLong();
                if (flags == 0 && sectors == 0) {
                    break; // nothing was written from here on
                }
                position += sector;
                if ((flags & DISCARD) != 0) {
                    continue; // which promises nothing of what is there then
                }
                long end = position + sectors * sector;
                Durability durability = (flags & FLUSH) != 0
                        ? Durability.FLUSHES
                        : (flags & FUA) != 0 ? Durability.THROUGH : Durability.CACHED;
                long offset = first * sector;
                for (; end - position > LONGEST; position += LONGEST, offset += LONGEST) {
                    writes.add(new Write(offset, LONGEST, position, Durability.CACHED));
                }
                writes.add(new Write(offset, (int) (end - position), position, durability));
                position = end;
            }
            if (sector % SECTOR != 0) {
                throw new IOException("sectors of %d bytes in %s".formatted(sector, path));
            }
            return new WriteLog(path, writes);
        }
    }

    private static ByteBuffer at(FileChannel log, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && log.read(buffer, position + buffer.position()) >= 0) {}
        return buffer.flip();
    }

    /** What is written. */
    public ByteBuffer data(FileChannel log, Write write) throws IOException {
        return at(log, write.data(), write.length());
    }
}
