package io.nationtech.harmony.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files beside a source. All are read bounded.
 *
 * @param folder that relative paths begin at
 */
record ProjectFiles(Path folder) {
    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final int MOST_FILES = 64;

    /** What is at a path. */
    enum Kind {
        NOTHING,
        FILE,
        FOLDER
    }

    private Optional<Path> path(String name) {
        try {
            return Optional.of(folder.resolve(name).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    Kind kind(String name) {
        return path(name)
                .map(path ->
                        Files.isRegularFile(path) ? Kind.FILE : Files.isDirectory(path) ? Kind.FOLDER : Kind.NOTHING)
                .orElse(Kind.NOTHING);
    }

    /**
     * A file's text.
     *
     * @return nothing where there is no such file
     * @throws RefusedSourceException when it cannot be read, is too large, or is no text
     */
    Optional<String> text(String name, Place at) {
        Optional<Path> path = path(name).filter(Files::isRegularFile);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path.get())) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new RefusedSourceException(
                        at,
                        "file %s has more than %d bytes".formatted(name, MOST_BYTES),
                        "no compose file or setting is that large");
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new RefusedSourceException(at, "file %s is no text in UTF-8".formatted(name), "convert it");
        } catch (IOException e) {
            throw new RefusedSourceException(
                    at, "file %s cannot be read".formatted(name), "look at its owner and mode");
        }
    }

    /** Names of the files below a folder, relative to it, sorted; one more than may be when there are too many. */
    List<String> below(String name) {
        Path top = path(name).orElse(folder);
        try (Stream<Path> all = Files.walk(top, 8)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> top.relativize(file).toString())
                    .filter(file ->
                            !file.endsWith(".gitkeep") && !file.endsWith(".gitignore") && !file.endsWith(".keep"))
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The files of another folder. */
    ProjectFiles at(String name) {
        return new ProjectFiles(path(name).orElse(folder));
    }
}
