package io.nationtech.harmony.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Replaces a file so that a power cut leaves the old content or the new one. */
final class DurableFile {
    /** Of what a power cut left half written. */
    static final String NEW_SUFFIX = ".new";

    private DurableFile() {}

    /**
     * Returns once the content is on the disk.
     *
     * @throws IOException when it cannot be; the old content is still there
     */
    static void replace(Path file, byte[]... parts) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + NEW_SUFFIX);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (byte[] part : parts) {
                write(channel, part);
            }
            channel.force(true);
        } catch (IOException e) {
            discard(fresh, e);
            throw e;
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        sync(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder"));
    }

    /** A rename or removal is on the disk only once its folder is (fsync(2), notes). */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void discard(Path file, IOException reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
