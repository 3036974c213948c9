package io.nationtech.harmony.podman;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where containers run in a test, with a registry beside them.
 *
 * @param programs the way to run something there
 * @param folder a folder that has the same path there and here
 * @param registryPort where the registry listens, at loopback
 */
record Machine(Programs programs, Path folder, int registryPort) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The words that make podman find the test's registry, before the program. */
    static List<String> registries(Path folder, int registryPort) {
        try {
            Path file = folder.resolve("registries.conf");
            Files.writeString(file, """
                    [[registry]]
                    prefix = "registry.internal"
                    location = "127.0.0.1:%d"
                    insecure = true
                    """.formatted(registryPort));
            return List.of("env", "CONTAINERS_REGISTRIES_CONF=" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds a web site of one page from local files and pushes it; the store keeps nothing of it. */
    void publish(String name, String page) {
        try {
            Path context = Files.createDirectories(folder.resolve("image"));
            Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(context.resolve("index.html"), page);
            Files.writeString(context.resolve("Containerfile"), """
                    FROM scratch
                    COPY busybox /bin/busybox
                    COPY index.html /srv/index.html
                    STOPSIGNAL KILL
                    CMD ["/bin/busybox", "sh", "-c", \
                    "echo first; echo complaint >&2; echo serving %s; exec /bin/busybox httpd -f -p 80 -h /srv"]
                    """.formatted(page));
            String pushed = "127.0.0.1:%d/%s".formatted(registryPort, name);
            must("podman", "build", "--quiet", "--tag", pushed, context.toString());
            must("podman", "push", "--quiet", "--tls-verify=false", pushed);
            must("podman", "rmi", "--force", pushed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page at a loopback address and port there; empty when nothing answers. */
    String page(String address, int port) {
        return run("curl", "--silent", "--noproxy", "*", "--max-time", "2", "http://%s:%d/".formatted(address, port))
                .output();
    }

    Finished run(String... words) {
        return programs.run(PATIENCE, words);
    }

    String must(String... words) {
        Finished finished = run(words);
        if (!finished.succeeded()) {
            throw new AssertionError(String.join(" ", words) + ": " + finished);
        }
        return finished.output();
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
