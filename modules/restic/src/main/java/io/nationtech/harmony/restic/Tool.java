package io.nationtech.harmony.restic;

import io.nationtech.harmony.programs.Ended;
import io.nationtech.harmony.programs.Mark;
import io.nationtech.harmony.programs.Program;
import io.nationtech.harmony.programs.ProgramGroup;
import io.nationtech.harmony.programs.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Runs programs that may take hours: restic, and what is done before and after it. For any thread. */
final class Tool implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Tool.class.getName());

    private static final int LONGEST_LINE = 4_000;

    private final String owner;
    private final ProgramGroup programs = new ProgramGroup();

    /**
     * Kills what an agent left that was killed itself: what goes on saving would do so while nobody halts the containers any more.
     *
     * @param owner by which the next agent finds them; no other's
     */
    Tool(String owner) {
        this.owner = owner;
        List<ProcessHandle> left = Mark.killLeft(owner);
        if (!left.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "Ended what an earlier agent left: processes {0}",
                    left.stream().map(ProcessHandle::pid).toList());
        }
    }

    /**
     * How a program ended.
     *
     * @param output what was kept of it
     * @param errors what it said last on its standard error, or why it was killed
     */
    record Result(int status, String output, String errors) {
        boolean isGood() {
            return status == 0;
        }
    }

    /** Runs one that tells nothing of how far it is. */
    Result run(Program program, Duration deadline) throws InterruptedException {
        return run(program, deadline, () -> false);
    }

    /**
     * Runs one.
     *
     * @param isStalled whether it does not get on and is to be killed
     */
    Result run(Program program, Duration deadline, BooleanSupplier isStalled) throws InterruptedException {
        Ended ended = programs.run(
                program.marked(Mark.of(owner)),
                deadline,
                () -> isStalled.getAsBoolean() ? Watch.Verdict.KILL : Watch.Verdict.GO_ON);
        String errors = switch (ended) {
            case Ended.Exited _ -> cut(ended.errors().text());
            case Ended.Killed _, Ended.NotStarted _ -> "it " + ended.how();
        };
        return new Result(ended.code(), ended.output().text(), errors);
    }

    private static String cut(String said) {
        return said.lines()
                .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)))
                .collect(Collectors.joining("\n"));
    }

    /** Kills what runs, and from now on whatever is started. */
    @Override
    public void close() {
        programs.close();
    }
}
