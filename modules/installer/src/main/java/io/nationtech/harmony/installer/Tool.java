package io.nationtech.harmony.installer;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Program;
import io.nationtech.harmony.programs.ProgramGroup;
import io.nationtech.harmony.programs.Watch;
import java.time.Duration;

/** Programs of the system that have to end well. */
final class Tool {
    private Tool() {}

    /**
     * Runs one.
     *
     * @throws InstallationFailedException when it does not end well within its time, with the end of what it said
     */
    static void run(Duration longest, String... words) throws InterruptedException {
        run(longest, Program.of(words));
    }

    /** As {@link #run(Duration, String...)}. */
    static void run(Duration longest, Program program) throws InterruptedException {
        run(longest, program, () -> {});
    }

    /** Runs one, and does something about twice a second meanwhile. */
    static void run(Duration longest, Program program, Runnable meanwhile) throws InterruptedException {
        try (ProgramGroup alone = new ProgramGroup()) {
            Ended ended = alone.run(program, longest, () -> {
                meanwhile.run();
                return Watch.Verdict.GO_ON;
            });
            if (!ended.isGood()) {
                throw new InstallationFailedException(new Cause(
                        "%s %s".formatted(program.words().getFirst(), ended.complaint()),
                        "this machine",
                        "start it from the stick again; a stick or disk that fails twice is worn out"));
            }
        }
    }
}
