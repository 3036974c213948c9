package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.qemu.WriteLog.Durability;
import io.nationtech.harmony.qemu.WriteLog.Write;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What QEMU logs of writes is read as they were. */
final class WriteLogTest {
    private static final Duration TO_WRITE = Duration.ofMinutes(1);
    private static final long DISK = 64 << 20;

    @TempDir
    private Path folder;

    private Path disk;
    private Path log;

    @BeforeEach
    void blank() throws IOException {
        disk = sized("disk.raw");
        log = Files.createFile(folder.resolve("writes.log"));
    }

    private Path sized(String name) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(DISK);
        }
        return path;
    }

    private WriteLog written(String... commands) throws IOException {
        List<String> words = new ArrayList<>(List.of("qemu-io", "-t", "writeback"));
        for (String command : commands) {
            words.addAll(List.of("-c", command));
        }
        words.addAll(List.of(
                "--image-opts",
                "driver=blklogwrites,log-sector-size=512,file.driver=file,file.filename=%s,log.driver=file,log.filename=%s"
                        .formatted(disk, log)));
        Program.output(TO_WRITE, words);
        return WriteLog.read(log);
    }

    @Test
    void replayedItIsTheDisk() throws IOException {
        WriteLog read = written(
                "write -P 0x11 4096 8192",
                "write -z 1M 3M",
                "flush",
                "write -P 0x22 0 512",
                "discard 32M 1M",
                "write -P 0x33 8M 2560k",
                "flush");

        Path again = sized("again.raw");
        try (FileChannel data = FileChannel.open(log, StandardOpenOption.READ);
                FileChannel file = FileChannel.open(again, StandardOpenOption.WRITE)) {
            for (Write write : read.writes()) {
                file.write(read.data(data, write), write.offset());
            }
        }
        assertEquals(-1, Files.mismatch(disk, again));
    }

    @Test
    void aLongWriteIsSeveralAndAFlushStandsWhereItWas() throws IOException {
        // The program flushes once more at its end.
        List<Write> writes = written("write -P 0x11 1M 2560k", "flush", "write -P 0x22 0 512")
                .writes()
                .subList(0, 5);

        assertEquals(
                List.of(1 << 20, 2 << 20, 3 << 20, 0, 0),
                writes.stream().map(write -> (int) write.offset()).toList());
        assertEquals(
                List.of(1 << 20, 1 << 20, 1 << 19, 0, 512),
                writes.stream().map(Write::length).toList());
        assertEquals(
                List.of(Durability.CACHED, Durability.CACHED, Durability.CACHED, Durability.FLUSHES, Durability.CACHED),
                writes.stream().map(Write::durability).toList());
    }

    @Test
    void anotherFileIsNone() throws IOException {
        Files.writeString(log, "no log, and yet as long as the head of one");
        assertThrows(IOException.class, () -> WriteLog.read(log));
    }
}
