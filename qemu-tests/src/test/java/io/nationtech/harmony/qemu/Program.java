package io.nationtech.harmony.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** A program that is run to its end. */
final class Program {
    private static final Path PROJECT = Path.of(System.getProperty("harmony.project"));

    private Program() {}

    /** The checkout's root. */
    static Path project() {
        return PROJECT;
    }

    /** Runs a program, shows what it said and returns it; the test fails unless it succeeds in time. */
    static String succeeds(Duration timeout, List<String> command) {
        String said = output(timeout, command);
        System.out.printf("$ %s%n%s%n", String.join(" ", command), said);
        return said;
    }

    /** Runs a program and returns what it said; the test fails unless it succeeds in time. */
    static String output(Duration timeout, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(PROJECT.toFile())
                    .redirectErrorStream(true)
                    .start();
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> read(process));
            boolean ended = process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            Assertions.assertTrue(ended, () -> "not done in %s: %s%n%s".formatted(timeout, command, said.join()));
            Assertions.assertEquals(0, process.exitValue(), () -> command + " said: " + said.join());
            return said.join().stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
