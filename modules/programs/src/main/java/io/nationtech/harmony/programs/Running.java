package io.nationtech.harmony.programs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A program that runs. The thread that waits for it takes from its pipes what is there and never waits for them, so nobody who holds one open
 * can hold it up.
 */
final class Running {
    private static final Duration WATCH = Duration.ofMillis(500);
    private static final long SHORTEST_PAUSE = 1;
    private static final long LONGEST_PAUSE = 50;

    private final Program program;
    private final Optional<Mark> mark;
    private final Process process;
    private final Pipe output;
    private final Pipe errors;
    private final long begun = System.nanoTime();

    private Running(Program program, Optional<Mark> mark, Process process) {
        this.program = program;
        this.mark = mark;
        this.process = process;
        this.output = Pipe.of(program.streams().output(), process.getInputStream());
        this.errors = Pipe.of(program.streams().errors(), process.getErrorStream());
    }

    static Running begin(Program program) throws IOException {
        Optional<Mark> mark = switch (program.surroundings().offspring()) {
            case Offspring.DiesWithIt() -> Optional.of(Mark.fresh());
            case Offspring.MarkedSo(Mark given) -> Optional.of(given);
            case Offspring.Stays() -> Optional.empty();
        };
        Running running = new Running(
                program, mark, mark.map(program::marked).orElse(program).start());
        if (program.input() instanceof Input.Bytes(ByteBuffer bytes)) {
            // A platform thread: a full pipe blocks the carrier of a virtual one.
            Thread.ofPlatform().daemon().name("input").start(() -> running.feed(bytes));
        }
        return running;
    }

    private void feed(ByteBuffer bytes) {
        try (WritableByteChannel channel = Channels.newChannel(process.getOutputStream())) {
            channel.write(bytes.duplicate());
        } catch (IOException e) {
            // It ended before it read all of that; how it ended says more.
        }
    }

    InputStream output() {
        return process.getInputStream();
    }

    void onExit(Runnable then) {
        var _ = process.onExit().thenRun(then);
    }

    Ended await(Duration deadline, BooleanSupplier isClosed, Watch watch) throws InterruptedException {
        try {
            return awaitEnd(deadline, isClosed, watch);
        } finally {
            if (process.isAlive()) {
                kill();
            }
            output.close();
            errors.close();
        }
    }

    private Ended awaitEnd(Duration deadline, BooleanSupplier isClosed, Watch watch) throws InterruptedException {
        long pause = SHORTEST_PAUSE;
        long watched = begun;
        while (process.isAlive()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            boolean isWatched = System.nanoTime() - watched >= WATCH.toNanos();
            Optional<Ended.Reason> reason = reason(deadline, isClosed);
            if (reason.isEmpty() && isWatched) {
                watched = System.nanoTime();
                reason = watch.look() == Watch.Verdict.KILL ? Optional.of(Ended.Reason.WATCH) : Optional.empty();
            }
            if (reason.isPresent()) {
                Duration after = age();
                kill();
                return killed(reason.get(), after);
            }
            boolean isSaying = output.take();
            boolean isComplaining = errors.take();
            if (isSaying || isComplaining) {
                pause = SHORTEST_PAUSE;
            } else {
                process.waitFor(pause, TimeUnit.MILLISECONDS);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        }
        if (isClosed.getAsBoolean()) {
            return killed(Ended.Reason.CLOSED, age());
        }
        if (isTooMuch()) {
            return killed(Ended.Reason.TOO_MUCH, age());
        }
        return new Ended.Exited(process.exitValue(), output.rest(), errors.rest());
    }

    private Optional<Ended.Reason> reason(Duration deadline, BooleanSupplier isClosed) {
        if (isClosed.getAsBoolean()) {
            return Optional.of(Ended.Reason.CLOSED);
        }
        if (age().compareTo(deadline) >= 0) {
            return Optional.of(Ended.Reason.DEADLINE);
        }
        return isTooMuch() ? Optional.of(Ended.Reason.TOO_MUCH) : Optional.empty();
    }

    private boolean isTooMuch() {
        return Stream.of(program.streams().output(), program.streams().errors()).anyMatch(Running::isOver);
    }

    private static boolean isOver(Output output) {
        try {
            return output instanceof Output.InFile(var file, long most) && Files.size(file) > most;
        } catch (IOException e) {
            // Somebody took it away; what is written then is seen by nobody, and the deadline holds.
            return false;
        }
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private Ended killed(Ended.Reason reason, Duration after) {
        return new Ended.Killed(reason, after, output.rest(), errors.rest());
    }

    /** It, and what it started. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(mark.map(Mark::processes).orElse(List.of()));
        all.add(process.toHandle());
        process.descendants().forEach(all::add);
        return all;
    }

    void kill() {
        Killing.kill(processes(), () -> mark.map(Mark::processes).orElse(List.of()));
    }
}
