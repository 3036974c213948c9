package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.system.ReleasePlace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A web server (HTTP/1.1, one answer a connection) with a release, which may be ill with single files. */
final class TrialServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Path folder;
    private final CountDownLatch end = new CountDownLatch(1);
    /** What it does with files of that ending. */
    final Map<String, Answer> ill = new ConcurrentHashMap<>();
    /** Each request: the file, and from which byte on. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** How a file is sent. */
    interface Answer {
        void send(OutputStream out, byte[] file, int from) throws IOException;
    }

    TrialServer(Path folder) throws IOException {
        this.folder = folder;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    ReleasePlace place() {
        return ReleasePlace.parse("http://127.0.0.1:%d/releases".formatted(socket.getLocalPort()));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException e) {
                // It is closed.
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String name = Optional.ofNullable(in.readLine())
                    .orElse("")
                    .replaceFirst("^GET /releases/", "")
                    .replaceFirst(" .*", "");
            int from = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("Range: ")) {
                    from = Integer.parseInt(line.replaceAll("[^0-9]", ""));
                }
            }
            requests.add(name + " " + from);
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                ill.entrySet().stream()
                        .filter(one -> name.endsWith(one.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(TrialServer::well)
                        .send(client.getOutputStream(), Files.readAllBytes(file), from);
            } else {
                head(client.getOutputStream(), "404 Not Found", "Content-Length: 0");
            }
        } catch (IOException e) {
            // Whoever asked went away.
        }
    }

    private static void head(OutputStream out, String... lines) throws IOException {
        out.write(("HTTP/1.1 " + String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static void head(OutputStream out, byte[] file, int from) throws IOException {
        String length = "Content-Length: " + (file.length - from);
        if (from == 0) {
            head(out, "200 OK", length);
        } else {
            head(out, "206 Partial Content", length, range(file, from));
        }
    }

    private static String range(byte[] file, int from) {
        return "Content-Range: bytes %d-%d/%d".formatted(from, file.length - 1, file.length);
    }

    static void well(OutputStream out, byte[] file, int from) throws IOException {
        head(out, file, from);
        out.write(file, from, file.length - from);
    }

    /** Sends as an uplink does that is slow: a piece at a time. */
    Answer slowly(int piece, Duration pause) {
        return (out, file, from) -> {
            head(out, file, from);
            for (int at = from; at < file.length; at += piece) {
                out.write(file, at, Math.min(piece, file.length - at));
                out.flush();
                try {
                    if (end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    /** Sends so many bytes more and breaks off. */
    static Answer breakingOff(int after) {
        return (out, file, from) -> {
            head(out, file, from);
            out.write(file, from, Math.min(after, file.length - from));
        };
    }

    /** Sends so many bytes and then nothing more, without an end, until it ends itself. */
    Answer hanging(int after) {
        return (out, file, from) -> {
            breakingOff(after).send(out, file, from);
            out.flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Breaks off once, answers with another part than it is asked for, and is well with who wants the whole. */
    static Answer lyingAboutRanges() {
        AtomicBoolean brokeOff = new AtomicBoolean();
        return (out, file, from) -> {
            if (from > 0) {
                head(out, "206 Partial Content", "Content-Length: " + (file.length - 7), range(file, 7));
                out.write(file, 7, file.length - 7);
            } else if (brokeOff.getAndSet(true)) {
                well(out, file, from);
            } else {
                breakingOff(file.length / 2).send(out, file, from);
            }
        };
    }

    /** Without saying how much, and never ending. */
    static void tooMuch(OutputStream out, byte[] file, int from) throws IOException {
        head(out, "200 OK");
        while (true) {
            out.write(file);
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        socket.close();
    }
}
