package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * podman's service and haproxy in the background, where there is no systemd. A container that has a socket is stranded when whoever made it ends, so
 * each beginning has a folder of its own: another path is another container.
 *
 * @param folder in memory
 */
record DockerDaemons(Path podman, Path haproxy, Path folder) implements DockerService {
    private static final String PID = "engine.pid";
    private static final long POLL_NANOS = 20_000_000;

    @Override
    public Optional<Path> control() {
        return newest().map(beginning -> beginning.resolve("control.sock"));
    }

    @Override
    public Optional<Path> listing() {
        return newest().map(beginning -> beginning.resolve("listing.sock"));
    }

    /** The folder of the last beginning. */
    private Optional<Path> newest() {
        return beginnings().max(Comparator.comparingInt(DockerDaemons::number));
    }

    private Stream<Path> beginnings() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(one -> one.getFileName().toString().matches("[0-9]{1,9}")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int number(Path beginning) {
        return Integer.parseInt(beginning.getFileName().toString());
    }

    @Override
    public Optional<String> start() {
        if (isRunning()) {
            return Optional.empty();
        }
        int number = newest().map(DockerDaemons::number).orElse(0) + 1;
        try {
            end();
            return start(Files.createDirectories(folder.resolve(Integer.toString(number))));
        } catch (IOException e) {
            return Optional.of("its files cannot be written: " + e);
        }
    }

    private Optional<String> start(Path fresh) throws IOException {
        Path control = fresh.resolve("control.sock");
        Process engine = Program.of("setsid", podman.toString(), "system", "service", "--time=0", "unix://" + control)
                .inBackground();
        DurableFile.replace(fresh.resolve(PID), Long.toString(engine.pid()).getBytes(StandardCharsets.US_ASCII));
        DurableFile.replace(
                fresh.resolve(ProxyFolder.CONFIG),
                DockerFilter.config("unix@%s mode 666".formatted(fresh.resolve("listing.sock")), control)
                        .getBytes(StandardCharsets.UTF_8));
        return new ProxyDaemon(haproxy, fresh).start().or(this::awaitAnswer);
    }

    private Optional<String> awaitAnswer() {
        long end = System.nanoTime() + ProxyProcess.PATIENTLY.toNanos();
        while (!isRunning()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return Optional.of("podman was started and does not answer");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Optional.empty();
    }

    @Override
    public void stop() {
        try {
            end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() throws IOException {
        for (Path beginning : beginnings().toList()) {
            new ProxyDaemon(haproxy, beginning).stop();
            ProxyDaemon.end(ProxyDaemon.process(beginning.resolve(PID), "/podman"));
            try (Stream<Path> files = Files.list(beginning)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(beginning);
        }
    }
}
