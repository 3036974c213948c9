package io.nationtech.harmony.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine that does one thing and ends. */
final class ChaosTool {
    private static final int PATIENCE_SECONDS = 30;

    private ChaosTool() {}

    static void run(String... command) {
        given("", command);
    }

    /** The same for one that reads what to do. */
    static void given(String input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var stream = process.getOutputStream()) {
                stream.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end of " + List.of(command));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("%s: %s"
                        .formatted(
                                List.of(command),
                                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + List.of(command), e);
        }
    }
}
