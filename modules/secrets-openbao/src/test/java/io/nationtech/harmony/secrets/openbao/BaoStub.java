package io.nationtech.harmony.secrets.openbao;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ServerSocketFactory;
import tools.jackson.jr.ob.JSON;

/**
 * Stands for OpenBao where none can be had. It answers as the documentation of the KV engine, version 2, and its source
 * (builtin/logical/kv/path_data.go) say: versions, check-and-set that counts deleted versions, soft deletion told as 404 with
 * metadata, and the same errors in the same words. It knows no policies, leases or namespaces.
 */
final class BaoStub implements AutoCloseable {
    static final String TOKEN = "s.stubtoken";

    private final ServerSocket server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Map<String, List<Version>> versioned = new TreeMap<>();
    private final Map<String, Object> unversioned = new HashMap<>();
    private final List<String> received = new ArrayList<>();
    private Supplier<Reply> behaviour = () -> Reply.BY_THE_BOOK;

    /** A version of a secret; deleted ones keep their number. */
    private record Version(Map<?, ?> data, boolean isDeleted) {}

    /** An answer: a status and a JSON text. */
    record Reply(int status, String body) {
        static final Reply BY_THE_BOOK = new Reply(0, "");
        static final Reply NEVER = new Reply(-1, "");

        static Reply errors(int status, String... errors) {
            return new Reply(status, JSON.std.asString(Map.of("errors", List.of(errors))));
        }
    }

    private BaoStub(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        threads.submit(this::accept);
    }

    static BaoStub start() throws IOException {
        return start(ServerSocketFactory.getDefault(), "http");
    }

    static BaoStub start(ServerSocketFactory sockets, String scheme) throws IOException {
        return new BaoStub(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), scheme);
    }

    URI address() {
        return URI.create("%s://127.0.0.1:%d".formatted(scheme, server.getLocalPort()));
    }

    /** From now on every request gets this answer. */
    synchronized void answer(Reply reply) {
        behaviour = () -> reply;
    }

    /** What {@code bao kv delete} does. */
    synchronized void delete(String path) {
        List<Version> versions = versioned.get(path);
        versions.set(versions.size() - 1, new Version(versions.getLast().data(), true));
    }

    /** What {@code bao kv put} does. */
    synchronized void put(String path, Map<?, ?> data) {
        versioned.computeIfAbsent(path, any -> new ArrayList<>()).add(new Version(data, false));
    }

    /** First lines of all requests. */
    synchronized List<String> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() throws IOException {
        released.countDown();
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.submit(() -> serve(socket));
            }
        } catch (SocketException e) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Void serve(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String request = line(in);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon), header.substring(colon + 1).strip());
            }
            byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
            Reply reply = reply(request, headers, body);
            if (reply == Reply.NEVER) {
                released.await();
                return null;
            }
            byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
            String head =
                    "HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                            .formatted(reply.status(), answer.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(answer);
        }
        return null;
    }

    private synchronized Reply reply(String request, Map<String, String> headers, byte[] body) throws IOException {
        received.add(request);
        Reply fixed = behaviour.get();
        if (fixed != Reply.BY_THE_BOOK) {
            return fixed;
        }
        if (!TOKEN.equals(headers.get("X-Vault-Token"))) {
            return Reply.errors(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n");
        }
        String[] words = request.split(" ");
        String path = words[1].substring("/v1/".length());
        if (path.startsWith("kv1/")) {
            return unversioned(words[0], path, body);
        }
        if (!path.startsWith("secret/")) {
            return Reply.errors(404, "no handler for route \"%s\". route entry not found.".formatted(path));
        }
        if (path.startsWith("secret/metadata/") && path.endsWith("?list=true")) {
            return list(path.substring("secret/metadata/".length(), path.length() - "?list=true".length()) + "/");
        }
        String secret = path.substring("secret/data/".length());
        return words[0].equals("GET") ? read(secret) : write(secret, body);
    }

    private Reply unversioned(String method, String path, byte[] body) throws IOException {
        if (method.equals("GET")) {
            return unversioned.containsKey(path) ? data(200, unversioned.get(path)) : Reply.errors(404);
        }
        unversioned.put(path, JSON.std.mapFrom(body));
        return new Reply(204, "");
    }

    private Reply list(String folder) {
        TreeSet<String> keys = new TreeSet<>();
        versioned.keySet().stream().filter(path -> path.startsWith(folder)).forEach(path -> {
            String rest = path.substring(folder.length());
            int slash = rest.indexOf('/');
            keys.add(slash < 0 ? rest : rest.substring(0, slash + 1));
        });
        return keys.isEmpty() ? Reply.errors(404) : data(200, Map.of("keys", keys));
    }

    private Reply read(String path) {
        List<Version> versions = versioned.getOrDefault(path, List.of());
        if (versions.isEmpty()) {
            return Reply.errors(404);
        }
        Version newest = versions.getLast();
        Map<String, Object> content = new HashMap<>();
        content.put("data", newest.isDeleted() ? null : newest.data());
        content.put("metadata", metadata(versions));
        return data(newest.isDeleted() ? 404 : 200, content);
    }

    private Reply write(String path, byte[] body) throws IOException {
        Map<String, Object> request = JSON.std.mapFrom(body);
        List<Version> versions = versioned.computeIfAbsent(path, any -> new ArrayList<>());
        if (request.get("options") instanceof Map<?, ?> options
                && options.get("cas") instanceof Number expected
                && expected.longValue() != versions.size()) {
            return Reply.errors(400, "check-and-set parameter did not match the current version");
        }
        versions.add(new Version((Map<?, ?>) request.get("data"), false));
        return data(200, metadata(versions));
    }

    private static Map<String, Object> metadata(List<Version> versions) {
        boolean isDeleted = versions.getLast().isDeleted();
        return Map.of(
                "created_time",
                "2026-11-25T02:24:06.945319214Z",
                "deletion_time",
                isDeleted ? "2026-11-25T03:24:06.945319214Z" : "",
                "destroyed",
                false,
                "version",
                versions.size());
    }

    private static Reply data(int status, Object data) {
        return new Reply(status, JSON.std.asString(Map.of("request_id", "7a2", "data", data)));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
