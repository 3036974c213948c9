package io.nationtech.harmony.mesh.nats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Speaks NATS' protocol without any of the checks of a client: what a hostile or buggy program can send. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    RawClient(String url) {
        URI server = URI.create(url);
        try {
            this.socket = new Socket(server.getHost(), server.getPort());
            send("CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true,\"no_responders\":true}\r\n");
            sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes; the subject has one byte for each character. */
    void publish(String subject, byte[] value) {
        send("PUB %s %d\r\n".formatted(subject, value.length), value);
    }

    /** Publishes with a block of headers, which begins with "NATS/1.0" and ends with an empty line. */
    void publish(String subject, String headers, byte[] value) {
        send(
                "HPUB %s %d %d\r\n%s".formatted(subject, headers.length(), headers.length() + value.length, headers),
                value);
    }

    /** Waits until the server has read everything. */
    void sync() {
        send("PING\r\n");
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            while (!heard.toString(StandardCharsets.ISO_8859_1).contains("PONG\r\n")) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IllegalStateException("the server closed the connection: " + heard);
                }
                heard.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String head, byte[] value) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(value);
        all.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        send(all.toByteArray());
    }

    private void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
