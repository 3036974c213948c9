package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.value.RegistryHost;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.programs.Followed;
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
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** The words that make podman find the test's registry, before the program. */
    static List<String> registries(Path folder, int registryPort) {
        try {
            Path file = folder.resolve("registries.conf");
            Files.writeString(file, """
                    [[registry]]
                    prefix = "registry.internal"
                    location = "127.0.0.1:%d"
                    insecure = true

                    [[registry]]
                    prefix = "stalling.internal"
                    location = "127.0.0.1:%d"
                    insecure = true

                    [[registry]]
                    location = "127.0.0.1:%d"
                    insecure = true
                    """.formatted(registryPort, registryPort + 1, registryPort + 2));
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
            publish(name, context, """
                    COPY index.html /srv/index.html
                    STOPSIGNAL KILL
                    CMD ["/bin/busybox", "sh", "-c", \
                    "echo first; echo complaint >&2; echo serving %s; exec /bin/busybox httpd -f -p 80 -h /srv"]
                    """.formatted(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds an image whose containers run a line of shell, and pushes it. */
    void publishRunning(String name, String shell) {
        try {
            publish(name, Files.createDirectories(folder.resolve("image")), """
                    STOPSIGNAL KILL
                    CMD ["/bin/busybox", "sh", "-c", "%s"]
                    """.formatted(shell));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Builds an image whose program has a bare name, which is one of busybox's too, whose user is not root, and one of whose variables has
     * a name that shells drop; and an image that says nothing of what it runs.
     */
    void publishNamed(String named, String silent) {
        try {
            Path context = Files.createDirectories(folder.resolve("image"));
            Files.writeString(context.resolve("httpd"), "#!/bin/busybox sh\nwhile :; do /bin/busybox sleep 1; done\n");
            publish(named, context, """
                    COPY --chmod=755 httpd /srv/bin/httpd
                    ENV PATH=/srv/bin
                    ENV discovery.type="single node's"
                    USER 1234
                    STOPSIGNAL KILL
                    ENTRYPOINT ["httpd"]
                    CMD ["a word", "$HOME"]
                    """);
            publish(silent, context, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pushes an image that was published under another name too, or anew under one that was another's. */
    void publishAgain(String name, String as) {
        String there = "127.0.0.1:%d/%s".formatted(registryPort, name);
        String pushed = "127.0.0.1:%d/%s".formatted(registryPort, as);
        must("podman", "pull", "--quiet", "--tls-verify=false", there);
        must("podman", "push", "--quiet", "--tls-verify=false", there, "docker://" + pushed);
        must("podman", "rmi", there);
    }

    private void publish(String name, Path context, String recipe) throws IOException {
        Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY busybox /bin/busybox\n" + recipe);
        String pushed = "127.0.0.1:%d/%s".formatted(registryPort, name);
        must("podman", "build", "--quiet", "--tag", pushed, context.toString());
        must("podman", "push", "--quiet", "--tls-verify=false", pushed);
        must("podman", "rmi", "--force", pushed);
    }

    /** Where the registry is that {@link #startGuardedRegistry} starts; who calls it localhost looks at its certificate too. */
    RegistryHost guarded() {
        return RegistryHost.of("127.0.0.1:%d".formatted(registryPort + 2));
    }

    /** Starts a registry beside the other, with its images, that lets in ada with 'correct horse' only, and whose certificate nobody trusts. */
    Followed startGuardedRegistry() {
        try {
            Path users = folder.resolve("guarded-users");
            Files.writeString(users, "ada:$2y$10$abcdefghijklmnopqrstuu23JPZtHcGhwXSF41f93o/7vBdDut3Xu\n");
            Path key = folder.resolve("guarded.key");
            Path certificate = folder.resolve("guarded.crt");
            must(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-subj",
                    "/CN=guarded",
                    "-addext",
                    "subjectAltName=IP:127.0.0.1,DNS:localhost",
                    "-keyout",
                    key.toString(),
                    "-out",
                    certificate.toString());
            Path config = folder.resolve("guarded.yml");
            Files.writeString(config, """
                    version: 0.1
                    log: { level: error, accesslog: { disabled: true } }
                    storage: { filesystem: { rootdirectory: %s } }
                    http: { addr: "%s", tls: { certificate: %s, key: %s } }
                    auth: { htpasswd: { realm: guarded, path: %s } }
                    """.formatted(folder.resolve("registry"), guarded(), certificate, key, users));
            Followed registry = programs.start("docker-registry", "serve", config.toString());
            Eventually.holds(
                    "the guarded registry listens",
                    () -> run("curl", "-s", "-k", "--noproxy", "*", "https://%s/v2/".formatted(guarded()))
                            .succeeded());
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a registry beside the other that offers one image, any name will do, sends a part of its layer and then nothing more. */
    Followed startStallingRegistry() {
        try {
            String hex = "0".repeat(64);
            Path manifest = folder.resolve("manifest.json");
            Files.writeString(manifest, """
                    {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                    "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%1$s","size":2},\
                    "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:%1$s","size":1000000}]}
                    """.formatted(hex));
            Path script = folder.resolve("stalling");
            Files.writeString(script, """
                    #!/bin/busybox sh
                    read method path version
                    while read -r line && [ "${#line}" -gt 1 ]; do :; done
                    case $path in
                      */manifests/*)
                        printf 'HTTP/1.1 200 OK\\r\\nContent-Type: application/vnd.oci.image.manifest.v1+json\\r\\n'
                        printf 'Content-Length: %%d\\r\\nConnection: close\\r\\n\\r\\n' "$(wc -c < %1$s)"
                        [ "$method" = HEAD ] || cat %1$s ;;
                      */blobs/*)
                        printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 1000000\\r\\nConnection: close\\r\\n\\r\\n'
                        head -c 50000 /dev/zero
                        touch %2$s
                        sleep 1000 ;;
                      *)
                        printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\n{}' ;;
                    esac
                    """.formatted(manifest, stalled()));
            Files.deleteIfExists(stalled());
            must("chmod", "+x", script.toString());
            String port = Integer.toString(registryPort + 1);
            Followed registry = programs.start("/bin/busybox", "nc", "-ll", "-p", port, "-e", script.toString());
            Eventually.holds(
                    "the stalling registry listens on port " + port,
                    () -> run("bash", "-c", ": < /dev/tcp/127.0.0.1/" + port).succeeded());
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is there once the stalling registry has sent what it ever sends. */
    Path stalled() {
        return folder.resolve("stalled");
    }

    /** The page at a loopback address and port there; empty when nothing answers. */
    String page(String address, int port) {
        return run("curl", "--silent", "--noproxy", "*", "--max-time", "2", "http://%s:%d/".formatted(address, port))
                .output();
    }

    Finished run(String... words) {
        return programs.run(TIMEOUT, words);
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
