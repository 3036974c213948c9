package io.nationtech.harmony.secrets.age;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A file that is replaced as a whole: after a crash or power cut at any time it is the old one or the new one. */
record DurableFile(Path path) {
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    static DurableFile at(Path path) {
        return new DurableFile(path.toAbsolutePath());
    }

    /** Returns once the new content, and its name, are on the disk. */
    void write(byte[] content) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    /**
     * Keeps other processes and threads from writing until the channel is closed; empty when it stayed taken. The lock is the
     * kernel's and ends with its process, so that a crash leaves none behind.
     */
    Optional<FileChannel> lock(Duration timeout) throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"),
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                OWNER_ONLY);
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isLocked(channel)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                channel.close();
                return Optional.empty();
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return Optional.of(channel);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }

    /** A rename is on the disk only once its folder is (fsync(2), notes). */
    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
