package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.hardware.source.Tree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tree as one source sees it. It knows which path is being read, so that one that does not answer can be named, and refuses
 * from then on until the read that hangs comes back.
 */
final class SourceTree implements Tree {
    private final Tree tree;
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> reading = Optional.empty();

    /** A read of the tree. */
    private interface Read<T> {
        T from(Tree tree) throws IOException;
    }

    SourceTree(Tree tree) {
        this.tree = tree;
    }

    /** Refuses the path that is being read now, if any. */
    Optional<String> giveUp() {
        Optional<String> path = reading;
        path.ifPresent(hanging::add);
        return path;
    }

    private <T> T watched(String path, Read<T> read) throws IOException {
        if (hanging.contains(path)) {
            throw new FileSystemException(path, null, "it did not answer");
        }
        reading = Optional.of(path);
        try {
            return read.from(tree);
        } finally {
            // A read that comes back late must not clear what a later look is reading.
            if (!hanging.remove(path)) {
                reading = Optional.empty();
            }
        }
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        return watched(path, from -> from.read(path, most));
    }

    @Override
    public List<String> names(String folder) throws IOException {
        return watched(folder, from -> from.names(folder));
    }

    @Override
    public String target(String link) throws IOException {
        return watched(link, from -> from.target(link));
    }

    @Override
    public boolean exists(String path) {
        try {
            return watched(path, from -> from.exists(path));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long usable(String folder) throws IOException {
        return watched(folder, from -> from.usable(folder));
    }

    @Override
    public long size(String folder) throws IOException {
        return watched(folder, from -> from.size(folder));
    }
}
