package io.nationtech.harmony.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that after a power cut are the old or the new ones, never half of one. */
final class KeptFile {
    static final String NEW_SUFFIX = ".new";

    private KeptFile() {}

    /** Returns once the parts, one after the other, are on the disk as the content of this file. */
    static void write(Path folder, String name, byte[]... parts) throws IOException {
        Path fresh = folder.resolve(name + NEW_SUFFIX);
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
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /** A rename is on the disk only once its folder is (fsync(2), notes). */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void discard(Path file, IOException reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
