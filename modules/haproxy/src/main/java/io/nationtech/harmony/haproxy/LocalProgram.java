package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import java.time.Duration;
import java.util.List;

/** Runs programs of this node, for callers who are not told of an interruption: to them the program failed, and the thread stays interrupted. */
final class LocalProgram {
    /** As of timeout(1). */
    private static final int INTERRUPTED = 124;

    private LocalProgram() {}

    /**
     * How a program ended.
     *
     * @param output what it wrote, and if it did not end by itself, how it did
     */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /**
     * Runs one.
     *
     * @throws RuntimeUnavailableException when it cannot be started
     */
    static Result run(Duration deadline, List<String> words) {
        try {
            Ended ended = Program.of(words).mixed().run(deadline);
            String output = ended.output().text().strip();
            return switch (ended) {
                case Ended.Exited _ -> new Result(ended.code(), output);
                case Ended.Killed _ -> new Result(ended.code(), "it %s; %s".formatted(ended.how(), output));
                case Ended.NotStarted(String why) ->
                    throw new RuntimeUnavailableException(
                            new Cause(
                                    "cannot run %s: %s".formatted(words.getFirst(), why),
                                    "this node",
                                    "install it (Debian: `apt install haproxy`), or look whether memory or processes ran out: `free -h`, `ps`"));
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(INTERRUPTED, "it was ended, as it is not needed any more");
        }
    }
}
