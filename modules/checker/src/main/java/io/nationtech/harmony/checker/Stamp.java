package io.nationtech.harmony.checker;

import com.sun.source.util.TaskEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Leaves in a deployment module that it was checked, by which version, and what its class files were then:
 * {@code META-INF/harmony/checked}. Deploying refuses a module without it, so that a build in which the checker is switched off
 * does not pass for a checked one. Not left where anything did not compile, nor where a rule of the graph does not hold.
 */
final class Stamp {
    private static final String FILE = "META-INF/harmony/checked";

    private final Deployments deployments;
    private final Predicate<Path> graph;
    private final Set<String> analysed = new HashSet<>();
    private final Set<String> generated = new HashSet<>();
    private Optional<URI> file = Optional.empty();

    /**
     * @param graph whether the rules hold for the deployment whose classes are in a folder
     */
    Stamp(Deployments deployments, Predicate<Path> graph) {
        this.deployments = deployments;
        this.graph = graph;
    }

    /** Where classes go, which processors are told during their rounds only. */
    void locate(Filer filer) {
        try {
            file = Optional.of(
                    filer.getResource(StandardLocation.CLASS_OUTPUT, "", FILE).toUri());
        } catch (IOException | RuntimeException e) {
            // Classes that go to no place where a file could be left cannot be deployed from there either.
            file = Optional.empty();
        }
    }

    void see(TaskEvent event) {
        TypeElement type = event.getTypeElement();
        switch (event.getKind()) {
            case ANALYZE -> {
                if (type != null && !type.getSimpleName().contentEquals("package-info")) {
                    analysed.add(type.getQualifiedName().toString());
                }
            }
            case GENERATE -> {
                if (type != null) {
                    generated.add(type.getQualifiedName().toString());
                }
            }
            case COMPILATION -> {
                if (deployments.areProvided() && generated.containsAll(analysed)) {
                    file.filter(uri -> uri.getScheme().equals("file"))
                            .map(Path::of)
                            .filter(stamp -> !deployments.isGraphChecked() || holds(stamp))
                            .ifPresent(Stamp::write);
                }
            }
            default -> {}
        }
    }

    /** A module whose rules do not hold is left without its descriptor: else the next build would find all classes there, and succeed. */
    private boolean holds(Path stamp) {
        boolean holds = false;
        try {
            holds = graph.test(classes(stamp));
        } finally {
            if (!holds) {
                delete(stamp);
                delete(classes(stamp).resolve("module-info.class"));
            }
        }
        return holds;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private static void write(Path stamp) {
        Path folder = Objects.requireNonNull(stamp.getParent());
        try {
            Files.createDirectories(folder);
            Files.writeString(stamp, version() + " " + hash(classes(stamp)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + stamp, e);
        }
    }

    private static Path classes(Path stamp) {
        return stamp.resolve("../../..").normalize();
    }

    private static String version() throws IOException {
        try (InputStream text = Stamp.class.getResourceAsStream("/META-INF/harmony/checker.version")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Without the descriptor, which the jar tool writes anew. The same as in {@code io.nationtech.harmony.rules.Stamp}, which tests hold against this. */
    private static String hash(Path classes) throws IOException {
        SortedMap<String, byte[]> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path each : (Iterable<Path>) files.filter(Stamp::counts)::iterator) {
                hashes.put(
                        classes.relativize(each).toString().replace('\\', '/'),
                        sha256().digest(Files.readAllBytes(each)));
            }
        }
        MessageDigest digest = sha256();
        hashes.forEach((name, hash) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(hash);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean counts(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
