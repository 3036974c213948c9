package io.nationtech.harmony.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The page that all stub nodes serve, whichever of the addresses of this machine is asked. */
record StubPage(ServerSocket socket) implements AutoCloseable {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nWelcome".getBytes(StandardCharsets.UTF_8);

    static StubPage serve() {
        try {
            StubPage page = new StubPage(new ServerSocket(0, 4_096));
            Thread.ofVirtual().start(page::accept);
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket asked = socket.accept();
                Thread.ofVirtual().start(() -> answer(asked));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void answer(Socket asked) {
        try (asked) {
            // The whole question, or closing would reset the connection before the answer is read.
            byte[] question = new byte[4_096];
            String text = "";
            int read;
            while (!text.endsWith("\r\n\r\n") && (read = asked.getInputStream().read(question)) > 0) {
                text += new String(question, 0, read, StandardCharsets.US_ASCII);
            }
            asked.getOutputStream().write(ANSWER);
        } catch (IOException e) {
            // Who asked is gone.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
