package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A name server in the background, where there is no systemd. It takes its ports as root and goes on as its user.
 *
 * @param answers whether it does
 */
record ServerDaemon(ServerProgram program, BooleanSupplier answers) implements ServerProcess {
    private static final Duration PATIENTLY = Duration.ofSeconds(20);
    private static final Duration QUICKLY = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    public Optional<String> becomes() {
        return Optional.of(program.user());
    }

    @Override
    public Optional<String> start() {
        stop();
        try {
            Files.createDirectories(program.run());
            Files.setOwner(
                    program.run(),
                    program.run()
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(program.user()));
            return awaitAnswer(Program.of(program.words()).inBackground());
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private Optional<String> awaitAnswer(Process process) {
        long end = System.nanoTime() + PATIENTLY.toNanos();
        while (!answers.getAsBoolean()) {
            if (!process.isAlive()) {
                return Optional.of("it ended with status %d at once; by hand it says why: %s"
                        .formatted(process.exitValue(), String.join(" ", program.words())));
            }
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
        running().ifPresent(process -> {
            process.destroy();
            if (!hasEnded(process)) {
                process.destroyForcibly();
                hasEnded(process);
            }
        });
    }

    private static boolean hasEnded(ProcessHandle process) {
        try {
            process.onExit().get(QUICKLY.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    /** Not one that got the same number later. */
    Optional<ProcessHandle> running() {
        try {
            long pid = Long.parseLong(Files.readString(program.pidFile()).strip());
            String file = Path.of(program.words().getFirst()).getFileName().toString();
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .command()
                            .filter(command -> command.endsWith("/" + file))
                            .isPresent());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
