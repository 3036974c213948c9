package io.nationtech.harmony.installer;

import io.nationtech.harmony.disks.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much the kernel has written to a disk since then (block/stat of its documentation). */
record WrittenBytes(Path statistics, long before) {
    private static final int SECTORS_WRITTEN = 6;
    private static final int SECTOR = 512;

    static WrittenBytes of(Disk disk) {
        Path statistics = Path.of("/sys/class/block", disk.name(), "stat");
        return new WrittenBytes(statistics, all(statistics));
    }

    long since() {
        return all(statistics) - before;
    }

    /** None where it is not told, as of what is no disk. */
    private static long all(Path statistics) {
        try {
            return Long.parseLong(Files.readString(statistics).strip().split("\\s+", -1)[SECTORS_WRITTEN]) * SECTOR;
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return 0;
        }
    }
}
