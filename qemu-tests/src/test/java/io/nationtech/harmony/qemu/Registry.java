package io.nationtech.harmony.qemu;

import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A site's image registry: Debian's docker-registry on a loopback port. */
final class Registry implements AutoCloseable {
    private final Process process;
    private final int port;

    private Registry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Registry start(Path folder) throws IOException {
        int port = freePort();
        Path configuration =
                Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                log: {level: warn}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("registry"), port));
        Process process = new ProcessBuilder(
                        "setpriv", "--pdeathsig", "KILL", "docker-registry", "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        Registry registry = new Registry(process, port);
        Eventually.holds("docker-registry listens on port " + port, registry::listens);
        return registry;
    }

    /** Where it is, for programs on this machine. */
    String place() {
        return "127.0.0.1:" + port;
    }

    /** What tells podman that {@code registry.internal} is this one, seen from a host that reaches it at an address. */
    String mapping(String address) {
        return """
                [[registry]]
                prefix = "registry.internal"
                location = "%s:%d"
                insecure = true
                """.formatted(address, port);
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
