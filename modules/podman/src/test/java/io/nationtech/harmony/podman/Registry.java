package io.nationtech.harmony.podman;

import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Debian's docker-registry on a loopback port. */
final class Registry implements AutoCloseable {
    private final Process process;

    private Registry(Process process) {
        this.process = process;
    }

    /** Starts one behind a prefix of words, with its images in a folder. */
    static Registry start(List<String> prefix, Path folder, int port) throws IOException {
        Path config = folder.resolve("registry.yml");
        Files.writeString(config, """
                version: 0.1
                log: { level: error, accesslog: { disabled: true } }
                storage: { filesystem: { rootdirectory: %s } }
                http: { addr: "127.0.0.1:%d" }
                """.formatted(folder.resolve("registry"), port));
        List<String> command = Stream.concat(prefix.stream(), Stream.of("docker-registry", "serve", config.toString()))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        Programs programs = new Programs(prefix, Programs.here().path());
        Eventually.holds(
                "the registry listens on port %d, log in %s".formatted(port, folder),
                () -> programs.run(
                                Podman.LOCAL, "curl", "-s", "--noproxy", "*", "http://127.0.0.1:%d/v2/".formatted(port))
                        .succeeded());
        return new Registry(process);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
