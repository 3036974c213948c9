package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end: without a shell, with a deadline after which it and its children are killed, and with bounded output. */
final class Program {
    private static final int MOST_OUTPUT = 64 << 10;
    private static final int EXPIRED = 124;
    /** The agent's own, which no child may speak to. */
    private static final List<String> OWN = List.of(
            "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID", "CREDENTIALS_DIRECTORY");

    private Program() {}

    /** How a program ended, and what it wrote. */
    record Ended(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /**
     * Runs one.
     *
     * @throws RuntimeUnavailableException when it cannot be started
     */
    static Ended run(Duration deadline, List<String> words) {
        try {
            // Not a pipe: what goes on in the background would hold it open.
            Path output = Files.createTempFile("harmony-", ".out");
            try {
                return run(deadline, words, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new RuntimeUnavailableException(
                    new Cause(
                            "cannot run %s: %s".formatted(words.getFirst(), e.getMessage()),
                            "this node",
                            "install it (Debian: `apt install knot unbound`), or look whether memory or processes ran out: `free -h`, `ps`"));
        }
    }

    /** Begins one that goes on without whoever began it; what it writes is nobody's. */
    static Process inBackground(List<String> words) throws IOException {
        return start(words, Path.of("/dev/null"));
    }

    private static Process start(List<String> words, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(OWN);
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "SYSTEMD_COLORS", "0", "SYSTEMD_PAGER", ""));
        return builder.start();
    }

    private static Ended run(Duration deadline, List<String> words, Path output) throws IOException {
        Process process = start(words, output);
        try {
            if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Ended(process.exitValue(), read(output));
            }
            kill(process);
            return new Ended(
                    EXPIRED,
                    "it did not end within %d s and was killed; %s".formatted(deadline.toSeconds(), read(output)));
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            return new Ended(EXPIRED, "it was ended, as it is not needed any more");
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String read(Path output) throws IOException {
        try (InputStream stream = Files.newInputStream(output)) {
            return new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8).strip();
        }
    }
}
