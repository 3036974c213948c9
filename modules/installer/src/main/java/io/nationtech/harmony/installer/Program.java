package io.nationtech.harmony.installer;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs programs of the system: without a shell, each within its time, with bounded output; what is secret goes through a pipe. */
final class Program {
    private static final int MOST_OUTPUT = 64 << 10;
    private static final int LAST_LINES = 12;
    private static final Duration LOOKING = Duration.ofMillis(500);

    private Program() {}

    /**
     * Runs one.
     *
     * @throws InstallationFailedException when it does not end well within its time, with the end of what it said
     */
    static String run(Duration longest, String... words) throws InterruptedException {
        return run(longest, List.of(words), "", () -> {});
    }

    /**
     * Runs one, and does something now and then meanwhile.
     *
     * @param input what it reads
     */
    static String run(Duration longest, List<String> words, String input, Runnable meanwhile)
            throws InterruptedException {
        try {
            Path output = Files.createTempFile("harmony-", ".out");
            try {
                Process process = start(words, output);
                try (OutputStream in = process.getOutputStream()) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // It did not read to the end; how it ended says more.
                }
                await(process, longest, meanwhile, words);
                String said = read(output);
                if (process.exitValue() != 0) {
                    throw failed(words, "ended with %d:\n%s".formatted(process.exitValue(), end(said)));
                }
                return said;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw failed(words, "cannot be run: " + e.getMessage());
        }
    }

    private static Process start(List<String> words, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("SYSTEMD_COLORS", "0");
        return builder.start();
    }

    private static void await(Process process, Duration longest, Runnable meanwhile, List<String> words)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!process.waitFor(LOOKING)) {
            meanwhile.run();
            if (System.nanoTime() > end) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw failed(words, "did not end within %d s".formatted(longest.toSeconds()));
            }
        }
    }

    private static String read(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        }
    }

    private static String end(String said) {
        List<String> lines = said.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static InstallationFailedException failed(List<String> words, String what) {
        return new InstallationFailedException(new Cause(
                "%s %s".formatted(words.getFirst(), what),
                "this machine",
                "start it from the stick again; a stick or disk that fails twice is worn out"));
    }
}
