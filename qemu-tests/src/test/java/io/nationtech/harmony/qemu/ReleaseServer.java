package io.nationtech.harmony.qemu;

import io.nationtech.harmony.mesh.contract.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** A web server with a folder of releases. */
record ReleaseServer(Process process, int port) implements AutoCloseable {

    static ReleaseServer start(Path releases) throws IOException {
        int port = FreePort.at(InetAddress.getLoopbackAddress());
        return new ReleaseServer(
                new ProcessBuilder(List.of(
                                "setpriv",
                                "--pdeathsig",
                                "KILL",
                                "busybox",
                                "httpd",
                                "-f",
                                "-p",
                                "127.0.0.1:" + port,
                                "-h",
                                releases.toString()))
                        .inheritIO()
                        .start(),
                port);
    }

    String urlForGuests() {
        return "http://%s:%d".formatted(SiteMesh.SEEN_BY_GUESTS, port);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
