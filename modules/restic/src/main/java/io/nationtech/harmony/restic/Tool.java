package io.nationtech.harmony.restic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs programs that may take hours: with a deadline, killed with their children when that is over, when they do not get on, when the thread
 * is interrupted and when this is closed. For any thread.
 */
final class Tool implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Tool.class.getName());

    /** The status of a program that was killed, as of timeout(1). */
    static final int KILLED = 124;

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int MOST_LINES = 100;
    private static final int LONGEST_LINE = 4_000;
    private static final int MOST_OUTPUT = 64 << 20;

    /** What a child must not inherit. */
    private static final Set<String> OWN = Set.of(
            "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID", "CREDENTIALS_DIRECTORY");

    private final Path ledger;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Kills what an agent left that was killed itself: what goes on saving would do so while nobody halts the containers any more.
     *
     * @param ledger a folder in memory where running programs are noted
     */
    Tool(Path ledger) {
        this.ledger = ledger;
        try {
            Files.createDirectories(ledger);
            try (Stream<Path> notes = Files.list(ledger)) {
                for (Path note : notes.toList()) {
                    killLeft(note);
                }
            }
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "It cannot be seen whether backups of an earlier agent still run: {0}",
                    e.toString());
        }
    }

    private static void killLeft(Path note) throws IOException {
        String[] words = Files.readString(note).split(" ", 2);
        ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> words.length > 1 && started(process).equals(words[1]))
                .ifPresent(process -> {
                    LOG.log(Level.WARNING, "Ending what an earlier agent left: process {0}", words[0]);
                    Stream.concat(process.descendants(), Stream.of(process)).forEach(ProcessHandle::destroyForcibly);
                    awaitEnd(process);
                });
        Files.deleteIfExists(note);
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    private Path note(Process process) {
        return ledger.resolve(Long.toString(process.pid()));
    }

    /**
     * How a program ended.
     *
     * @param errors what it said last on its standard error, or why it was killed
     */
    record Ended(int status, String errors) {
        boolean isGood() {
            return status == 0;
        }
    }

    /**
     * What is run.
     *
     * @param words the program, looked up in PATH, and its arguments
     * @param folder in which it runs
     * @param environment beside the agent's own
     * @param input what it reads; closed afterwards
     * @param output what becomes of each line that it writes
     * @param isStalled whether it does not get on and is to be killed
     */
    record Call(
            List<String> words,
            Path folder,
            Map<String, String> environment,
            Input input,
            Output output,
            Duration deadline,
            BooleanSupplier isStalled) {}

    /** What a program reads. */
    sealed interface Input {
        /** Nothing. */
        Input NOTHING = new Bytes(ByteBuffer.allocate(0));

        /** These. */
        record Bytes(ByteBuffer bytes) implements Input {}

        /** A file. */
        record File(Path file) implements Input {}
    }

    /** What becomes of what a program writes. */
    sealed interface Output {
        /** It is told line by line. */
        record Lines(Consumer<String> reader) implements Output {}

        /** It is written into a file. */
        record File(Path file) implements Output {}

        /** It is dropped. */
        record Nowhere() implements Output {}
    }

    Ended run(Call call) throws InterruptedException {
        Process process;
        try {
            process = start(call);
        } catch (IOException e) {
            return new Ended(KILLED, "cannot run %s: %s".formatted(call.words().getFirst(), e.getMessage()));
        }
        Deque<String> errors = new ArrayDeque<>();
        Thread complaining = reader(process.getErrorStream(), line -> keep(errors, line));
        Thread telling = call.output() instanceof Output.Lines(Consumer<String> lines)
                ? reader(process.getInputStream(), lines)
                : Thread.ofVirtual().start(() -> {});
        try {
            feed(process, call.input());
            long end = System.nanoTime() + call.deadline().toNanos();
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (closed || call.isStalled().getAsBoolean() || System.nanoTime() > end) {
                    kill(process);
                    return new Ended(
                            KILLED,
                            closed
                                    ? "ended, as the agent ends"
                                    : "it did not get on, or not end within %d min, and was killed"
                                            .formatted(call.deadline().toMinutes()));
                }
            }
            complaining.join(LAST_WORDS);
            telling.join(LAST_WORDS);
            synchronized (errors) {
                return new Ended(process.exitValue(), String.join("\n", errors));
            }
        } catch (InterruptedException e) {
            kill(process);
            throw e;
        } finally {
            forget(process);
        }
    }

    private void forget(Process process) {
        running.remove(process);
        try {
            Files.deleteIfExists(note(process));
        } catch (IOException e) {
            // The next agent finds no such process.
        }
    }

    private Process start(Call call) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(call.words()).directory(call.folder().toFile());
        builder.environment().keySet().removeAll(OWN);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(call.environment());
        if (call.input() instanceof Input.File(Path file)) {
            builder.redirectInput(file.toFile());
        }
        switch (call.output()) {
            case Output.Lines _ -> {}
            case Output.File(Path file) -> builder.redirectOutput(file.toFile());
            case Output.Nowhere() -> builder.redirectOutput(Redirect.DISCARD);
        }
        Process process = builder.start();
        running.add(process);
        Files.writeString(note(process), "%d %s".formatted(process.pid(), started(process.toHandle())));
        if (closed) {
            kill(process);
        }
        return process;
    }

    private static void feed(Process process, Input input) {
        if (input instanceof Input.Bytes(ByteBuffer bytes)) {
            try (WritableByteChannel channel = Channels.newChannel(process.getOutputStream())) {
                channel.write(bytes.duplicate());
            } catch (IOException e) {
                // It ended before it read that, and says why.
            }
        }
    }

    /** A platform thread: reading a pipe blocks the carrier of a virtual one. */
    private static Thread reader(InputStream stream, Consumer<String> lines) {
        return Thread.ofPlatform().daemon().name("restic-output").start(() -> {
            long left = MOST_OUTPUT;
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    left -= line.length();
                    if (left > 0) {
                        lines.accept(line);
                    }
                }
            } catch (IOException e) {
                // It was killed; what it said until then is known.
            }
        });
    }

    private static void keep(Deque<String> lines, String line) {
        synchronized (lines) {
            if (lines.size() == MOST_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
        }
    }

    static void kill(Process process) {
        Stream<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()));
        List<ProcessHandle> handles = all.collect(Collectors.toList());
        handles.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle handle : handles) {
            awaitEnd(handle);
        }
    }

    /** One that waits for a store that is away cannot be killed before the kernel gives that up. */
    private static void awaitEnd(ProcessHandle handle) {
        handle.onExit()
                .completeOnTimeout(handle, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Kills what runs, and from now on whatever is started. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Tool::kill);
    }
}
