package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Followed;
import io.nationtech.harmony.programs.Program;
import io.nationtech.harmony.programs.ProgramGroup;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs programs of a machine to their end. Those that still run when it is closed are killed, so that none outlives the agent; containers are none
 * of these. Safe for use by several threads.
 */
final class Programs implements AutoCloseable {
    /** Bytes that are kept of each stream. */
    static final int MOST_OUTPUT = 4 << 20;

    private static final Map<String, String> QUIET = Map.of("PODMAN_IGNORE_CGROUPSV1_WARNING", "1");

    /** The status of one that nobody waits for any more, as of timeout(1). */
    private static final int INTERRUPTED = 124;

    private final List<String> prefix;
    private final String path;
    private final ProgramGroup group = new ProgramGroup();

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

    /** As {@link #run(Duration, String...)}, with something for the program to read. */
    Finished run(Duration deadline, byte[] input, List<String> words) {
        return run(deadline, program(words).reading(ByteBuffer.wrap(input)), words);
    }

    /** As {@link #run(Duration, String...)}, with both streams in one, the output, in the order in which they were written. */
    Finished runMixed(Duration deadline, String... words) {
        Finished finished = run(deadline, program(List.of(words)).mixed(), List.of(words));
        return finished.succeeded()
                ? finished
                : new Finished(finished.status(), "", finished.errors() + finished.output());
    }

    private Finished run(Duration deadline, Program program, List<String> words) {
        try {
            Ended ended = group.run(program, deadline);
            return switch (ended) {
                case Ended.Exited _ ->
                    new Finished(
                            ended.code(), ended.output().text(), ended.errors().text());
                case Ended.Killed _ ->
                    new Finished(
                            ended.code(),
                            "",
                            "%s %s\n%s"
                                    .formatted(
                                            shown(words),
                                            ended.how(),
                                            ended.errors().text()));
                case Ended.NotStarted(String why) -> throw notStarted(program, why);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Finished(INTERRUPTED, "", "%s was ended, as it is not needed any more".formatted(shown(words)));
        }
    }

    /**
     * Starts a program that goes on until it is closed, or this is; both its streams are in its output, which the caller reads.
     *
     * @throws RuntimeUnavailableException when there is no such program
     */
    Followed start(String... words) {
        Program program = program(List.of(words));
        try {
            return group.follow(program);
        } catch (IOException e) {
            throw notStarted(program, String.valueOf(e.getMessage()));
        }
    }

    private Program program(List<String> words) {
        return Program.of(resolved(words)).with(QUIET).leavingOffspring().keeping(MOST_OUTPUT);
    }

    private static RuntimeUnavailableException notStarted(Program program, String why) {
        String name = program.words().getFirst();
        return new RuntimeUnavailableException(new Cause(
                "cannot run %s: %s".formatted(name, why),
                "this node",
                "try `%s --version` there; when memory or processes ran out, `free -h` and `ps` show it"
                        .formatted(name)));
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

    /** Kills what still runs, and from now on whatever is started. */
    @Override
    public void close() {
        group.close();
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

    private static String shown(List<String> words) {
        return "`" + String.join(" ", words.subList(0, Math.min(words.size(), 3))) + " …`";
    }
}
