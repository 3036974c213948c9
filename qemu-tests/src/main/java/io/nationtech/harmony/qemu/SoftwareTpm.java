package io.nationtech.harmony.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A TPM 2.0 in a process of its own, for one run of a machine; what it keeps outlives the run. */
final class SoftwareTpm implements AutoCloseable {
    private static final long TO_START = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);

    private final Process process;

    private SoftwareTpm(Process process) {
        this.process = process;
    }

    static Path socket(Path folder) {
        return folder.resolve("tpm.sock");
    }

    private static Path state(Path folder) {
        return folder.resolve("tpm");
    }

    /** Its next start is its first. */
    static void forget(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(state(folder))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * @throws IOException when it does not start
     */
    static SoftwareTpm start(Path folder) throws IOException {
        Path state = Files.createDirectories(state(folder));
        Files.deleteIfExists(socket(folder));
        Path log = folder.resolve("swtpm.log");
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--pdeathsig",
                        "KILL",
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state,
                        "--ctrl",
                        "type=unixio,path=" + socket(folder))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long deadline = System.nanoTime() + TO_START;
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (Files.exists(socket(folder))) {
                return new SoftwareTpm(process);
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
        process.destroyForcibly();
        throw new IOException("swtpm did not start: " + Files.readString(log));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
