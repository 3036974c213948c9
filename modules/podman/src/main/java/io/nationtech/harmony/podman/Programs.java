package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Runs programs to their end: without a shell, with a deadline after which they are killed, and with bounded output. Those that
 * still run when it is closed are killed, so that none outlives the agent. Safe for use by several threads.
 */
final class Programs implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Programs.class.getName());

    /** Bytes that are kept of each stream; the rest is read and dropped, so that no program blocks on a full pipe. */
    static final int MOST_OUTPUT = 4 << 20;

    /** The status of a program that was killed at its deadline, as of timeout(1). */
    private static final int EXPIRED = 124;

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /**
     * What a child must not inherit: podman would hand the agent's notify socket on to the container, which could then claim
     * to be the agent.
     */
    private static final List<String> OWN = List.of(
            "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID", "CREDENTIALS_DIRECTORY");

    /** Messages in English, without colours and pagers: people read them, and we look for words in them. */
    private static final Map<String, String> SPEECH = Map.of(
            "LC_ALL", "C.UTF-8",
            "SYSTEMD_COLORS", "0",
            "SYSTEMD_PAGER", "",
            "PODMAN_IGNORE_CGROUPSV1_WARNING", "1");

    private enum Streams {
        APART,
        MIXED
    }

    private final List<String> prefix;
    private final String path;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param prefix words that come before every program; empty on a node, the way into another machine in tests
     * @param path the folders in which programs are looked for, separated as in PATH
     */
    Programs(List<String> prefix, String path) {
        this.prefix = List.copyOf(prefix);
        this.path = path;
    }

    /** Programs of this machine. */
    static Programs here() {
        return new Programs(
                List.of(), Optional.ofNullable(System.getenv("PATH")).orElse("/usr/sbin:/usr/bin:/sbin:/bin"));
    }

    String path() {
        return path;
    }

    /**
     * Runs a program and waits for its end; one that is not over at the deadline is killed and has failed.
     *
     * @throws RuntimeUnavailableException when there is no such program
     */
    Finished run(Duration deadline, String... words) {
        return run(deadline, List.of(words));
    }

    /** As {@link #run(Duration, String...)}. */
    Finished run(Duration deadline, List<String> words) {
        return run(deadline, new byte[0], words);
    }

    /** As {@link #run(Duration, String...)}, with something for the program to read; at most as much as a pipe holds, 64 KiB. */
    Finished run(Duration deadline, byte[] input, List<String> words) {
        return await(start(words, Streams.APART), deadline, input, words);
    }

    /** As {@link #run(Duration, String...)}, with both streams in one, the output, in the order in which they were written. */
    Finished runMixed(Duration deadline, String... words) {
        Finished finished = await(start(List.of(words), Streams.MIXED), deadline, new byte[0], List.of(words));
        return finished.succeeded()
                ? finished
                : new Finished(finished.status(), "", finished.errors() + finished.output());
    }

    /**
     * Starts a program that goes on until its process is destroyed or this is closed; both its streams are in its output, which
     * the caller reads.
     *
     * @throws RuntimeUnavailableException when there is no such program
     */
    Process start(String... words) {
        return start(List.of(words), Streams.MIXED);
    }

    private static Finished await(Process process, Duration deadline, byte[] input, List<String> words) {
        try {
            OutputCollector output = OutputCollector.of(process.getInputStream());
            OutputCollector errors = OutputCollector.of(process.getErrorStream());
            feed(process, input);
            boolean ended = process.waitFor(deadline);
            if (!ended) {
                kill(process);
            }
            String said = errors.text(LAST_WORDS);
            return ended
                    ? new Finished(process.exitValue(), output.text(LAST_WORDS), said)
                    : new Finished(EXPIRED, "", expired(deadline, words) + "\n" + said);
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            return new Finished(EXPIRED, "", "%s was ended, as it is not needed any more".formatted(shown(words)));
        }
    }

    /** One that ends without reading it says by itself why. */
    private static void feed(Process process, byte[] input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Process {0} did not read all that it was given: {1}", process.pid(), e.getMessage());
        }
    }

    /**
     * The words by which whoever has another PATH runs a program.
     *
     * @throws RuntimeUnavailableException when there is no such program
     */
    List<String> resolved(List<String> words) {
        List<String> command = Stream.concat(prefix.stream(), words.stream()).toList();
        return Stream.concat(
                        Stream.of(find(command.getFirst())), command.stream().skip(1))
                .toList();
    }

    private Process start(List<String> words, Streams streams) {
        List<String> found = resolved(words);
        ProcessBuilder builder = new ProcessBuilder(found);
        builder.redirectErrorStream(streams == Streams.MIXED);
        clean(builder.environment());
        try {
            Process process = builder.start();
            running.add(process);
            var _ = process.onExit().thenRun(() -> running.remove(process));
            if (closed) {
                kill(process);
            }
            return process;
        } catch (IOException e) {
            throw new RuntimeUnavailableException(new Cause(
                    "cannot run %s: %s".formatted(found.getFirst(), e.getMessage()),
                    "this node",
                    "try `%s --version` there; when memory or processes ran out, `free -h` and `ps` show it"
                            .formatted(words.getFirst())));
        }
    }

    /** Kills what still runs, and from now on whatever is started. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Programs::kill);
    }

    /** Makes the agent's environment fit for a child. */
    static void clean(Map<String, String> environment) {
        environment.keySet().removeAll(OWN);
        environment.putAll(SPEECH);
    }

    private String find(String program) {
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new RuntimeUnavailableException(new Cause(
                        "there is no program '%s'".formatted(program),
                        "PATH " + path,
                        "install it (Debian: `apt install %s`) or correct the PATH of the agent".formatted(program))));
    }

    static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String expired(Duration deadline, List<String> words) {
        return "%s did not end within %d s and was killed".formatted(shown(words), deadline.toSeconds());
    }

    private static String shown(List<String> words) {
        return "`" + String.join(" ", words.subList(0, Math.min(words.size(), 3))) + " …`";
    }
}
