package io.nationtech.harmony.registry;

import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A real registry on this machine. */
final class TestRegistry implements AutoCloseable {
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final int port = FreePort.at(InetAddress.getLoopbackAddress());
    private final Process process;

    /**
     * @param folder for its configuration
     * @param images where it keeps them: one that lets in whom it knows only has those of another
     * @param more of its configuration
     * @param http of its configuration's {@code http}
     */
    TestRegistry(Path folder, Path images, String more, String http) {
        try {
            Path configuration = Files.writeString(
                    folder.resolve("registry-%d.yml".formatted(port)), """
                    version: 0.1
                    log: {level: error, accesslog: {disabled: true}}
                    storage: {filesystem: {rootdirectory: %s}}
                    http: {addr: "127.0.0.1:%d"%s}
                    %s
                    """.formatted(images, port, http, more));
            process = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolve("registry-%d.log".formatted(port)).toFile())
                    .start();
            Eventually.holds("the registry listens on " + port, this::accepts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String host(String name) {
        return "%s:%d".formatted(name, port);
    }

    /** Pushes a list of one image under a tag. */
    ImageDigest pushList(String repository, String tag) {
        String config = "{}";
        push("POST", "/v2/%s/blobs/uploads/".formatted(repository), config, repository);
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.image.config.v1+json",\
                "digest":"%s","size":%d},"layers":[]}""".formatted(MANIFEST, digest(config), config.length());
        put("/v2/%s/manifests/%s".formatted(repository, digest(manifest)), MANIFEST, manifest);
        String list = """
                {"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%d,\
                "platform":{"architecture":"arm64","os":"linux"}}]}""".formatted(INDEX, MANIFEST, digest(manifest), manifest.length());
        put("/v2/%s/manifests/%s".formatted(repository, tag), INDEX, list);
        return ImageDigest.of(digest(list));
    }

    private void push(String method, String path, String content, String repository) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI begin = URI.create("http://%s%s".formatted(host("127.0.0.1"), path));
            URI location = begin.resolve(client.send(
                            HttpRequest.newBuilder(begin)
                                    .method(method, BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new AssertionError("no upload begins of " + repository)));
            put(
                    client,
                    URI.create("%s&digest=%s".formatted(location, digest(content))),
                    "application/octet-stream",
                    content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(String path, String type, String content) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            put(client, URI.create("http://%s%s".formatted(host("127.0.0.1"), path)), type, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(HttpClient client, URI uri, String type, String content)
            throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofString(content))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new AssertionError("%s: %d %s".formatted(uri, answer.statusCode(), answer.body()));
        }
    }

    private static String digest(String content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
