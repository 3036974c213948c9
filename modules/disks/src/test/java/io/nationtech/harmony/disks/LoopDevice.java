package io.nationtech.harmony.disks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A file that this machine takes for a disk. */
record LoopDevice(Path file, String path) implements AutoCloseable {
    static LoopDevice of(long bytes) throws IOException {
        Path file = Files.createTempFile("harmony-disk", ".raw");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        }
        return new LoopDevice(
                file,
                output(List.of("losetup", "--find", "--show", file.toString())).strip());
    }

    Disk disk() throws InterruptedException {
        return Lsblk.disks().stream()
                .filter(disk -> disk.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** With this disk behind the words. */
    void run(String... words) throws IOException {
        output(Stream.concat(Stream.of(words), Stream.of(path)).toList());
    }

    private static String output(List<String> command) throws IOException {
        Path input = Files.writeString(Files.createTempFile("harmony-disk", ".in"), "label: gpt\n");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.onExit().join().exitValue(), () -> command + ": " + said);
        Files.delete(input);
        return said;
    }

    @Override
    public void close() throws IOException {
        output(List.of("losetup", "--detach", path));
        Files.delete(file);
    }
}
