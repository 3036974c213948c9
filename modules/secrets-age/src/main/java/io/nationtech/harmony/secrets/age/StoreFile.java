package io.nationtech.harmony.secrets.age;

import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A file that is replaced as a whole, by one writer at a time. */
record StoreFile(Path path) {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    static StoreFile at(Path path) {
        return new StoreFile(path.toAbsolutePath());
    }

    /** Returns once the new content is on the disk, for its owner only to read. */
    void write(byte[] content) throws IOException {
        DurableFile.replacePrivate(path, content);
    }

    /**
     * Keeps other processes and threads from writing until the channel is closed; empty when it stayed taken. The lock is the
     * kernel's and ends with its process, so that a crash leaves none behind.
     */
    Optional<FileChannel> lock(Duration timeout) throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"),
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                DurableFile.OWNER_ONLY);
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
}
