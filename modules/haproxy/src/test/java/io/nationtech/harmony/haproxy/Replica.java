package io.nationtech.harmony.haproxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** A web server that can be exchanged: it answers requests, counts uploads, streams, and echoes what comes by a WebSocket. */
final class Replica implements AutoCloseable {
    private static final int WORK_MILLIS = 20;

    private final String name;
    private final ServerSocket server;
    private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    /** One for each piece of a stream. */
    final Semaphore pieces = new Semaphore(0);

    private Replica(String name, ServerSocket server) {
        this.name = name;
        this.server = server;
    }

    static Replica start(String name, InetAddress address, int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, port));
            Replica replica = new Replica(name, server);
            replica.accepting.start();
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The heads of all requests. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        serve(socket);
                    } catch (IOException | InterruptedException e) {
                        // The other side went away.
                    } finally {
                        open.remove(socket);
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        String head = head(in);
        if (head.isEmpty()) {
            return;
        }
        asked.add(head);
        if (head.toLowerCase(Locale.ROOT).contains("upgrade: websocket")) {
            echo(head, in, out);
        } else if (head.startsWith("GET /stream")) {
            stream(out);
        } else if (head.startsWith("POST")) {
            answer(out, Long.toString(drain(in, length(head))));
        } else {
            if (head.startsWith("GET /never-by-%s ".formatted(name))) {
                in.transferTo(OutputStream.nullOutputStream());
                return;
            }
            if (head.startsWith("GET /work")) {
                Thread.sleep(WORK_MILLIS);
            }
            answer(out, "Welcome from " + name + "\n" + head);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static long length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static long drain(InputStream in, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                break;
            }
            left -= count;
        }
        return length - left;
    }

    /** In one piece: an answer that is cut off in its midst is one that no proxy can take back. */
    private static void answer(OutputStream out, String body) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(body.getBytes(StandardCharsets.UTF_8).length, body)
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void stream(OutputStream out) throws IOException, InterruptedException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (int piece = 1; piece <= 4; piece++) {
            pieces.acquire();
            out.write("data: %d\n\n".formatted(piece).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    private static void echo(String head, InputStream in, OutputStream out) throws IOException {
        String key = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
        out.write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                        .formatted(accepted(key))
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        while (true) {
            int type = in.read();
            int length = in.read() & 0x7f;
            if (type < 0) {
                return;
            }
            byte[] mask = in.readNBytes(4);
            byte[] text = in.readNBytes(length);
            for (int at = 0; at < text.length; at++) {
                text[at] ^= mask[at % 4];
            }
            out.write(type);
            out.write(text.length);
            out.write(text);
            out.flush();
        }
    }

    private static String accepted(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As one that is killed ends: whatever it works at is never answered. The port is free once nobody waits at it any more. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
