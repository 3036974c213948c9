package io.nationtech.harmony.programs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Programs that end with whoever has them run: what still runs when it is closed is killed, and so is what is begun later. Safe for use by several
 * threads.
 *
 * <p>Own code, as the libraries that there are do half of it: commons-exec 1.5, which is a module, and zt-exec kill the program and not what it
 * started, wait for the end of pipes that somebody else may hold open, hand the whole environment on, and leave bounds of what is kept to callers;
 * NuProcess needs JNA.
 */
public final class ProgramGroup implements AutoCloseable {
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /** An empty one. */
    public ProgramGroup() {}

    /**
     * Runs a program and waits for its end.
     *
     * @param deadline after which it is killed; over all of it, its output as well
     * @throws InterruptedException when this thread is interrupted; the program is dead by then
     */
    public Ended run(Program program, Duration deadline) throws InterruptedException {
        return run(program, deadline, () -> Watch.Verdict.GO_ON);
    }

    /** As {@link #run(Program, Duration)}, while somebody looks at it. */
    public Ended run(Program program, Duration deadline, Watch watch) throws InterruptedException {
        Running one;
        try {
            one = begin(program);
        } catch (IOException e) {
            return new Ended.NotStarted(String.valueOf(e.getMessage()));
        }
        try {
            return one.await(deadline, () -> isClosed, watch);
        } finally {
            running.remove(one);
        }
    }

    /**
     * Begins a program that goes on until this is closed, or it is. Its errors are in its output, which the caller reads all the time.
     *
     * @throws IOException when there is no such program, or no room for one
     */
    public Followed follow(Program program) throws IOException {
        Running one = begin(program.writing(Output.beginning(0)).mixed());
        one.onExit(() -> running.remove(one));
        return new Followed(one);
    }

    private Running begin(Program program) throws IOException {
        Running one = Running.begin(program);
        running.add(one);
        if (isClosed) {
            one.kill();
        }
        return one;
    }

    /** Returns once all are dead, or after 5 s. */
    @Override
    public void close() {
        isClosed = true;
        Killing.kill(List.of(), this::processes);
    }

    private List<ProcessHandle> processes() {
        return running.stream().flatMap(one -> one.processes().stream()).toList();
    }
}
