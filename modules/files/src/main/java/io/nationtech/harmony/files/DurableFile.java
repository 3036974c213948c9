package io.nationtech.harmony.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Replaces files as wholes: after a crash or power cut at any time there is the old content or the new one, under the file's name. Their
 * folder is there already. Two that replace the same file at once are kept apart by their callers.
 */
public final class DurableFile {
    /** How the name ends of what a power cut left half written; whoever lists a folder leaves such out. */
    public static final String NEW_SUFFIX = ".new";

    /** Nobody but its owner reads or writes it. */
    public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<OpenOption> FRESH = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private DurableFile() {}

    /** What is done with the new file before it takes the old one's place, as giving it to somebody. */
    public interface Preparation {

        /** The new file is whole, and only its owner can read it. */
        void prepare(Path fresh) throws IOException;
    }

    /**
     * Returns once the parts, one after the other, are on the disk under the file's name. Who may read it, the process's umask says.
     *
     * @throws IOException when they cannot be; the old content is still there
     */
    public static void replace(Path file, byte[]... parts) throws IOException {
        replace(file, new FileAttribute<?>[0], _ -> {}, parts);
    }

    /** As {@link #replace(Path, byte[]...)}; nobody but its owner can read it at any time. */
    public static void replacePrivate(Path file, byte[]... parts) throws IOException {
        replacePrivate(file, _ -> {}, parts);
    }

    /** As {@link #replacePrivate(Path, byte[]...)}, with the new file prepared before it takes the old one's place. */
    public static void replacePrivate(Path file, Preparation preparation, byte[]... parts) throws IOException {
        replace(file, new FileAttribute<?>[] {OWNER_ONLY}, preparation, parts);
    }

    private static void replace(Path file, FileAttribute<?>[] attributes, Preparation preparation, byte[]... parts)
            throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + NEW_SUFFIX);
        // What a power cut left may be another's, or readable by others.
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(fresh, FRESH, attributes)) {
            for (byte[] part : parts) {
                write(channel, part);
            }
            preparation.prepare(fresh);
            channel.force(true);
        } catch (IOException e) {
            discard(fresh, e);
            throw e;
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folder(file));
    }

    /** Deletes a file, if it is there; returns once it is gone from the disk. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            sync(folder(file));
        }
    }

    /**
     * Returns once it is on the disk, whoever wrote it (fsync(2), notes).
     *
     * @param path a file, for what is in it; a folder, for what was renamed or deleted in it
     */
    public static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void discard(Path file, IOException reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
