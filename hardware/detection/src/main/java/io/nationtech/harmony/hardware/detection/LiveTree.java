package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.hardware.source.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The file tree of this machine, or one below a folder.
 *
 * @param root the folder that stands for {@code /}
 */
public record LiveTree(Path root) implements Tree {
    private static final int MOST_NAMES = 4_096;

    /** This machine's own. */
    public static LiveTree ofThisMachine() {
        return new LiveTree(Path.of("/"));
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            return in.readNBytes(most);
        }
    }

    @Override
    public List<String> names(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path entry : entries) {
                if (names.size() == MOST_NAMES) {
                    break;
                }
                names.add(entry.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public String target(String link) throws IOException {
        return Files.readSymbolicLink(root.resolve(link)).toString();
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    @Override
    public long usable(String folder) throws IOException {
        return Files.getFileStore(root.resolve(folder)).getUsableSpace();
    }

    @Override
    public long size(String folder) throws IOException {
        return Files.getFileStore(root.resolve(folder)).getTotalSpace();
    }
}
