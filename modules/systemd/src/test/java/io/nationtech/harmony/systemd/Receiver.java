package io.nationtech.harmony.systemd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** A real receiver of datagrams: systemd's own socket activation, which hands the socket to {@code cat}. */
final class Receiver implements AutoCloseable {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Path heard;
    private final Path listening;
    private final Process process;

    Receiver(Path folder, String address) throws IOException {
        heard = Files.createFile(folder.resolve("heard"));
        listening = folder.resolve("log");
        process = new ProcessBuilder(
                        "systemd-socket-activate",
                        "--datagram",
                        "--inetd",
                        "--listen=" + address,
                        "sh",
                        "-c",
                        "exec cat >" + heard)
                .redirectErrorStream(true)
                .redirectOutput(listening.toFile())
                .start();
        await(listening, "Listening on");
    }

    /** Returns once the text arrived. */
    void awaitHeard(String text) {
        await(heard, text);
    }

    private static void await(Path file, String text) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!read(file).contains(text)) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("never came: '%s'; what came: '%s'".formatted(text, read(file)));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String heard() {
        return read(heard);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
