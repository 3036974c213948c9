package io.nationtech.harmony.haproxy;

import static io.nationtech.harmony.haproxy.Installed.PROGRAMS;

import io.nationtech.harmony.driver.LocalPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** haproxy in the background, where there is no systemd. Its master stays root, to read keys and take ports; its workers do not. */
record ProxyDaemon(Path program, Path folder) implements ProxyProcess {
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    public CommandSocket master() {
        return new CommandSocket(folder.resolve("master.sock"));
    }

    @Override
    public CommandSocket worker() {
        return new CommandSocket(folder.resolve("worker.sock"));
    }

    @Override
    public String identity() {
        return "    user haproxy\n    group haproxy\n";
    }

    @Override
    public Optional<String> start() {
        stop();
        LocalPrograms.Result ended = PROGRAMS.run(
                PATIENTLY,
                List.of(
                        program.toString(),
                        "-W",
                        "-D",
                        "-p",
                        pidFile().toString(),
                        "-S",
                        "%s,mode,600".formatted(master().path()),
                        "-f",
                        folder.resolve(ProxyFolder.CONFIG).toString()));
        return ended.succeeded() ? awaitMaster() : Optional.of(ended.output());
    }

    /** What was started is in the background before its master listens. */
    private Optional<String> awaitMaster() {
        long end = System.nanoTime() + PATIENTLY.toNanos();
        while (!isRunning()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return Optional.of("it was started and does not answer");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Optional.empty();
    }

    /** Also one that hangs. */
    @Override
    public void stop() {
        end(process(pidFile(), "/haproxy"));
    }

    /** Ends what runs in the background, also when it hangs. */
    static void end(Optional<ProcessHandle> running) {
        running.ifPresent(process -> {
            // Its workers end when their master does, unless it cannot tell them.
            List<ProcessHandle> workers = process.children().toList();
            process.destroy();
            awaitEnd(process);
            workers.forEach(ProcessHandle::destroyForcibly);
        });
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(QUICKLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        }
    }

    /** Not one that got the same number later. */
    static Optional<ProcessHandle> process(Path pidFile, String program) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .command()
                            .filter(command -> command.endsWith(program))
                            .isPresent());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Path pidFile() {
        return folder.resolve("pid");
    }
}
