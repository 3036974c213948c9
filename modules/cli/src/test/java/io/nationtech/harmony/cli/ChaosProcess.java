package io.nationtech.harmony.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A member's process: what it says is heard, and what it is told reaches it. */
final class ChaosProcess {
    private final Process process;
    private final Thread listener;

    private ChaosProcess(Process process, Consumer<String> said) {
        this.process = process;
        this.listener = Thread.ofVirtual().start(() -> hear(said));
    }

    /**
     * @param log where it complains
     * @param said is told each line that it says
     */
    static ChaosProcess start(List<String> command, Path log, Consumer<String> said) {
        try {
            return new ChaosProcess(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hear(Consumer<String> said) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.accept(line);
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    void tell(String order) {
        try {
            process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // It is gone, or going.
        }
    }

    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    private void signal(String which) {
        if (process.isAlive()) {
            ChaosTool.run("kill", which, Long.toString(process.pid()));
        }
    }

    /** As a power cut would; all that it said before is heard by then. */
    void kill() {
        // Not by Process: that would close what it said and was not yet read.
        process.toHandle().destroyForcibly();
        process.onExit().join();
        try {
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it ended by itself. */
    boolean ends(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) && listener.join(patience);
    }
}
