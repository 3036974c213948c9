package io.nationtech.harmony.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Kills processes, and what they begin meanwhile. */
final class Killing {
    /** One that waits for a disk or server that is away cannot be killed before the kernel gives that up. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(5);

    private Killing() {}

    /**
     * Returns once they are dead, or after 5 s. Not cut short by an interruption, which is kept.
     *
     * @param others asked again and again for what belongs to them too
     */
    static void kill(Collection<ProcessHandle> processes, Supplier<List<ProcessHandle>> others) {
        boolean isInterrupted = Thread.interrupted();
        long begun = System.nanoTime();
        Set<ProcessHandle> left = withOffspring(processes, others);
        while (!left.isEmpty() && System.nanoTime() - begun < LONGEST.toNanos()) {
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(LOOK.toNanos());
            isInterrupted |= Thread.interrupted();
            left = withOffspring(left, others);
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<ProcessHandle> withOffspring(
            Collection<ProcessHandle> processes, Supplier<List<ProcessHandle>> others) {
        Set<ProcessHandle> all = new HashSet<>();
        Stream.concat(processes.stream(), others.get().stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .filter(Killing::isAlive)
                .forEach(all::add);
        return all;
    }

    /** Dead counts, even if nobody has asked yet how it ended (proc_pid_stat(5)). */
    static boolean isAlive(ProcessHandle process) {
        try {
            String stat = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X' && process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }
}
