package io.nationtech.harmony.rules;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The class files of one module without its descriptor, as they are at one moment.
 *
 * @param classes by their path within the module, in order
 * @param sources the folder of the sources, where it is known
 * @param stamp what the checker left, where it did
 */
public record ModuleFiles(SortedMap<String, byte[]> classes, Optional<Path> sources, Optional<String> stamp) {
    private static final String STAMP = "META-INF/harmony/checked";
    private static final Path MAVEN_SOURCES = Path.of("../../src/main/java");

    /**
     * Reads a folder of classes or a jar.
     *
     * @throws IOException when it cannot be read
     */
    public static ModuleFiles of(Path module) throws IOException {
        if (Files.isDirectory(module)) {
            Path sources = module.resolve(MAVEN_SOURCES).normalize();
            return read(module, Optional.of(sources).filter(Files::isDirectory));
        }
        try (FileSystem jar = FileSystems.newFileSystem(module, Map.of())) {
            return read(jar.getPath("/"), Optional.empty());
        }
    }

    private static ModuleFiles read(Path root, Optional<Path> sources) throws IOException {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(ModuleFiles::counts)::iterator) {
                classes.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        Path stamp = root.resolve(STAMP);
        return new ModuleFiles(
                classes,
                sources,
                Files.isRegularFile(stamp) ? Optional.of(Files.readString(stamp).strip()) : Optional.empty());
    }

    /** The jar tool writes the descriptor anew. */
    private static boolean counts(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
    }

    /** A source as people find it: relative to where they are, when it is known where it is. */
    String source(String withinModule) {
        Path here = Path.of("").toAbsolutePath();
        return sources.map(folder -> folder.toAbsolutePath().resolve(withinModule))
                .filter(Files::isRegularFile)
                .map(file -> file.startsWith(here) ? here.relativize(file).toString() : file.toString())
                .orElse(withinModule);
    }
}
