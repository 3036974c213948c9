package io.nationtech.harmony.secrets.age;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    @Test
    void oneWriterAtATime() throws IOException {
        StoreFile file = StoreFile.at(folder.resolve("prod.age"));
        try (FileChannel first = file.lock(SHORT).orElseThrow()) {
            assertTrue(first.isOpen());
            assertEquals(Optional.empty(), file.lock(SHORT));
        }
        try (FileChannel next = file.lock(SHORT).orElseThrow()) {
            assertTrue(next.isOpen());
        }
    }

    @Test
    void whoIsInterruptedStopsWaiting() throws IOException {
        StoreFile file = StoreFile.at(folder.resolve("prod.age"));
        try (FileChannel first = file.lock(SHORT).orElseThrow()) {
            assertTrue(first.isOpen());
            Thread.currentThread().interrupt();
            assertEquals(Optional.empty(), file.lock(Duration.ofMinutes(5)));
            assertTrue(Thread.interrupted());
        }
    }
}
