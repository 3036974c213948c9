package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.fleet.ExecReply;
import io.nationtech.harmony.fleet.ExecReply.Output;
import io.nationtech.harmony.fleet.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that runs in a container for somebody who waits for its end. Streams are read to their end and kept up to a bound, so that the
 * program blocks on none. Platform threads read them: a pipe blocks the carrier of a virtual one, of which a small machine has few.
 */
final class ContainerProgram {
    /** By this in its environment, and in that of what it starts, the program is found when it has to be ended: to end who waits for it does not. */
    static final String MARK = "HARMONY_REQUEST";

    private static final Logger LOG = System.getLogger(ContainerProgram.class.getName());
    /** What a child must not inherit: podman would hand the agent's notify socket on to the container. */
    private static final List<String> OWN = List.of(
            "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID", "CREDENTIALS_DIRECTORY");

    private static final Path PROCESSES = Path.of("/proc");
    /** What holds a stream open after the program's end is not waited for. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final int CODES = 0xff;

    private final Process process;
    private final String mark;
    private final Reader output;
    private final Reader errors;

    private ContainerProgram(Process process, String mark, int most) {
        this.process = process;
        this.mark = mark;
        this.output = new Reader(process.getInputStream(), most);
        this.errors = new Reader(process.getErrorStream(), most);
    }

    /**
     * Begins one.
     *
     * @param mark its value of {@link #MARK}
     * @param most bytes that are kept of each stream
     */
    static ContainerProgram start(List<String> words, String mark, byte[] input, int most) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeAll(OWN);
        ContainerProgram program = new ContainerProgram(builder.start(), mark, most);
        Thread.ofPlatform().daemon().name("input").start(() -> program.feed(input));
        return program;
    }

    private void feed(byte[] input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A program did not read all that it was given: {0}", e.getMessage());
        }
    }

    /** Waits for its end, and ends it at the deadline. */
    ExecReply await(Duration deadline, String where) {
        try {
            if (process.waitFor(deadline)) {
                return new ExecReply.Exited(process.exitValue() & CODES, output.said(), errors.said());
            }
            kill();
            return failed("it was not over within %d s, and was ended".formatted(deadline.toSeconds()), where);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            return new ExecReply.Failed(
                    new Cause("the agent ends, and so did it", where, "ask again once the agent is back"),
                    new Output(Octets.none(), 0),
                    new Output(Octets.none(), 0));
        }
    }

    private ExecReply failed(String what, String where) throws InterruptedException {
        return new ExecReply.Failed(
                new Cause(what, where, "give it longer, `--timeout`; up to 540 s"), output.said(), errors.said());
    }

    /** Ends it, and what it started, as far as that still has its environment. */
    void kill() {
        try (Stream<Path> all = Files.list(PROCESSES)) {
            all.filter(one -> one.getFileName().toString().matches("[0-9]{1,9}"))
                    .filter(this::isMarked)
                    .flatMap(one ->
                            ProcessHandle.of(Long.parseLong(one.getFileName().toString())).stream())
                    .forEach(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Cannot look for what is left of a program: {0}", e.getMessage());
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private boolean isMarked(Path one) {
        try {
            return new String(Files.readAllBytes(one.resolve("environ")), StandardCharsets.ISO_8859_1)
                    .contains(MARK + "=" + mark);
        } catch (IOException e) {
            // It is over, or another's.
            return false;
        }
    }

    /** Keeps the beginning of a stream, and counts all of it. */
    private static final class Reader {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;
        private final int most;
        private long written;

        Reader(InputStream stream, int most) {
            this.most = most;
            this.thread = Thread.ofPlatform().daemon().name("output").start(() -> read(stream));
        }

        private void read(InputStream stream) {
            try (stream) {
                byte[] buffer = new byte[8192];
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    take(buffer, count);
                }
            } catch (IOException e) {
                // It was ended; what it said until then is kept.
            }
        }

        private synchronized void take(byte[] buffer, int count) {
            kept.write(buffer, 0, Math.min(count, most - kept.size()));
            written += count;
        }

        Output said() throws InterruptedException {
            thread.join(LAST_WORDS);
            synchronized (this) {
                return new Output(Octets.copyOf(kept.toByteArray()), written);
            }
        }
    }
}
