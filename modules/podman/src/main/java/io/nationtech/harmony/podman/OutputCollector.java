package io.nationtech.harmony.podman;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads a stream to its end on a thread of its own, keeps its beginning and drops the rest. A platform thread: reading a pipe
 * blocks the carrier of a virtual one, of which a small machine has few, and a surviving grandchild can make that last.
 */
final class OutputCollector {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;

    private OutputCollector(InputStream stream) {
        this.reader = Thread.ofPlatform().daemon().name("output").unstarted(() -> read(stream));
    }

    static OutputCollector of(InputStream stream) {
        OutputCollector collector = new OutputCollector(stream);
        collector.reader.start();
        return collector;
    }

    /** What was read; waits for the end of the stream, which a surviving grandchild may hold open, at most as long as told. */
    String text(Duration timeout) throws InterruptedException {
        reader.join(timeout);
        return kept.toString(StandardCharsets.UTF_8);
    }

    private void read(InputStream stream) {
        try (stream) {
            byte[] buffer = new byte[8192];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                kept.write(buffer, 0, Math.min(count, Programs.MOST_OUTPUT - kept.size()));
            }
        } catch (IOException e) {
            // The program was killed; what it said until then is kept.
        }
    }
}
