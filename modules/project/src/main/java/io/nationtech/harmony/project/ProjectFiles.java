package io.nationtech.harmony.project;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a project, before they are anywhere.
 *
 * @param texts by paths relative to its folder
 */
public record ProjectFiles(SortedMap<String, String> texts) {
    public ProjectFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /**
     * Writes them all, or none.
     *
     * @param folder which must not be there yet
     * @throws FileAlreadyExistsException when there is something of that name, which is left as it is
     * @throws IOException when one cannot be written
     */
    public void write(Path folder) throws IOException {
        Path whole = folder.toAbsolutePath().normalize();
        if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        Path above = Objects.requireNonNull(whole.getParent());
        Files.createDirectories(above);
        Path begun = Files.createTempDirectory(above, ".harmony-new-");
        try {
            // As folders are that anybody makes; temporary ones are of their owner alone.
            Path project = Files.createDirectory(begun.resolve("project"));
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Path file = project.resolve(text.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, text.getValue());
            }
            Files.move(project, whole, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            remove(begun);
        }
    }

    /**
     * Takes a folder away with all that is in it.
     *
     * @throws IOException when something of it cannot be; then the rest of it is left
     */
    public static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
