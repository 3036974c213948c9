package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs programs of this node for a driver, whose callers are not told of an interruption: to them the program failed, and the thread stays interrupted.
 *
 * @param packages what Debian has its programs in, for people
 */
public record LocalPrograms(String packages) {
    /** As of timeout(1). */
    private static final int INTERRUPTED = 124;

    private static final Duration PATIENTLY = Duration.ofSeconds(20);
    private static final Duration QUICKLY = Duration.ofSeconds(2);

    /**
     * How a program ended.
     *
     * @param output what it wrote, and if it did not end by itself, how it did
     */
    public record Result(int status, String output) {
        /** Whether it did what it was run for. */
        public boolean succeeded() {
            return status == 0;
        }
    }

    /**
     * Runs one.
     *
     * @throws RuntimeUnavailableException when it cannot be started
     */
    public Result run(Duration deadline, List<String> words) {
        try {
            Ended ended = Program.of(words).mixed().run(deadline);
            String output = ended.output().text().strip();
            return switch (ended) {
                case Ended.Exited _ -> new Result(ended.code(), output);
                case Ended.Killed _ -> new Result(ended.code(), "it %s; %s".formatted(ended.how(), output));
                case Ended.NotStarted(String why) ->
                    throw new RuntimeUnavailableException(new Cause(
                            "cannot run %s: %s".formatted(words.getFirst(), why),
                            "this node",
                            "install it (Debian: `apt install %s`), or look whether memory or processes ran out: `free -h`, `ps`"
                                    .formatted(packages)));
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(INTERRUPTED, "it was ended, as it is not needed any more");
        }
    }

    /** Tells the machine's systemd what to do. */
    public Result systemctl(String... words) {
        return run(
                PATIENTLY,
                Stream.concat(Stream.of("systemctl"), Stream.of(words)).toList());
    }

    /** The last that a unit wrote. */
    public String newestLines(String unit) {
        return run(QUICKLY, List.of("journalctl", "--unit", unit, "--lines", "8", "--output", "cat", "--no-pager"))
                .output();
    }
}
