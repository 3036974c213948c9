package io.nationtech.harmony.cli;

import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A real registry on this machine, with images of one small file that podman made and pushed. */
final class LocalRegistry implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Process process;
    private final Map<String, String> digests = new HashMap<>();

    private LocalRegistry(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static LocalRegistry start(Path folder) {
        try {
            int port = FreePort.at(InetAddress.getLoopbackAddress());
            Path configuration = Files.writeString(folder.resolve("registry.yml"), """
                    version: 0.1
                    log: {level: error, accesslog: {disabled: true}}
                    storage: {filesystem: {rootdirectory: %s/images}}
                    http: {addr: "127.0.0.1:%d"}
                    """.formatted(folder, port));
            Process process = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("registry.log").toFile())
                    .start();
            Eventually.holds("the registry listens on " + port, () -> accepts(port));
            return new LocalRegistry(folder, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    /** What podman says that a tag is which it pushed. */
    String digest(String name, String tag) {
        return digests.get(name + ":" + tag);
    }

    void push(String name, String tag) {
        try {
            String image = "%s/%s:%s".formatted(host(), name, tag);
            Path context = Files.createDirectories(folder.resolve("context"));
            Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY file /file\n");
            Files.writeString(context.resolve("file"), image);
            Path digest = folder.resolve("digest");
            run("podman", "build", "--quiet", "--tag", image, context.toString());
            run("podman", "push", "--quiet", "--tls-verify=false", "--digestfile", digest.toString(), image);
            run("podman", "rmi", "--force", image);
            digests.put(name + ":" + tag, Files.readString(digest).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) throws IOException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // A file that other tests write.
            builder.environment().remove("CONTAINERS_REGISTRIES_CONF");
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("%s: %s".formatted(String.join(" ", command), said));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
