package io.nationtech.harmony.mesh.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a nats-server that was started listens. */
final class Listening {
    private static final int PATIENCE_MILLIS = 1_000;

    private Listening() {}

    /**
     * Waits until it does.
     *
     * @param port of the loopback address
     * @param log what the server says, shown when it ended
     */
    static void await(Process process, int port, Path log) {
        Eventually.holds("nats-server listens on port %d, log %s".formatted(port, log), () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("nats-server ended: " + said(log));
            }
            return accepts(port);
        });
    }

    static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
