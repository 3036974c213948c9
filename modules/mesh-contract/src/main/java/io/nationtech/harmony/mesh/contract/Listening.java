package io.nationtech.harmony.mesh.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
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
     * @param log what the server says, shown when it ended
     */
    static void await(Process process, InetSocketAddress at, Path log) {
        Eventually.holds("nats-server listens at %s, log %s".formatted(at, log), () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("nats-server ended: " + said(log));
            }
            return accepts(at);
        });
    }

    static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(InetSocketAddress at) {
        try (Socket socket = new Socket()) {
            socket.connect(at, PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
