package io.nationtech.harmony.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends lines to a file and returns once they are on the disk. Lines of several threads share one write and one fsync: whoever
 * comes first takes along what the others have queued meanwhile (group commit). Safe for use by several threads.
 */
public final class DurableAppender implements AutoCloseable {
    private final FileChannel channel;
    private final ReentrantLock queue = new ReentrantLock();
    private final ReentrantLock disk = new ReentrantLock();
    private StringBuilder waiting = new StringBuilder();
    private long queued;
    private long durable;
    private Optional<String> broken = Optional.empty();

    /**
     * @param file appended to; made when it is missing
     * @throws IOException when it cannot be opened
     */
    public DurableAppender(Path file) throws IOException {
        channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /**
     * Appends a line.
     *
     * @param line in ASCII, with its line break
     * @throws IOException when it may not be on the disk; nothing is written from then on
     */
    public void append(String line) throws IOException {
        long ticket = enqueue(line);
        disk.lock();
        try {
            if (durable < ticket) {
                write();
            }
        } finally {
            disk.unlock();
        }
    }

    private long enqueue(String line) {
        queue.lock();
        try {
            waiting.append(line);
            return ++queued;
        } finally {
            queue.unlock();
        }
    }

    private void write() throws IOException {
        if (broken.isPresent()) {
            throw new IOException(broken.get());
        }
        String batch;
        long last;
        queue.lock();
        try {
            batch = waiting.toString();
            waiting = new StringBuilder();
            last = queued;
        } finally {
            queue.unlock();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(batch.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            durable = last;
        } catch (IOException e) {
            // What came of a failed fsync is unknown (fsync(2)); a later success would not mean that this is on the
            // disk.
            broken = Optional.of(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
