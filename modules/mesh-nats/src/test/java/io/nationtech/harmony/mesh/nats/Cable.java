package io.nationtech.harmony.mesh.nats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP connection that can be pulled: forwards a loopback port to a server, or refuses and drops everything. */
final class Cable implements AutoCloseable {
    private volatile URI server;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean pulled;

    Cable(String server) {
        this.server = URI.create(server);
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "nats://127.0.0.1:" + listener.getLocalPort();
    }

    void pull() {
        pulled = true;
        sockets.forEach(Cable::closeQuietly);
    }

    void plugIn() {
        pulled = false;
    }

    void leadTo(String anotherServer) {
        server = URI.create(anotherServer);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                if (pulled) {
                    closeQuietly(near);
                } else {
                    Socket far = new Socket(server.getHost(), server.getPort());
                    sockets.add(near);
                    sockets.add(far);
                    Thread.ofVirtual().start(() -> forward(near, far));
                    Thread.ofVirtual().start(() -> forward(far, near));
                }
            } catch (IOException e) {
                // closed, or the server is away: the next connection will tell
            }
        }
    }

    private static void forward(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one side went: try-with-resources drops the other
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pull();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
