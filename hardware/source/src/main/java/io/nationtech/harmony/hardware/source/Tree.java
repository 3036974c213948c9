package io.nationtech.harmony.hardware.source;

import java.io.IOException;
import java.util.List;

/**
 * A machine's file tree. Paths begin at its root without a slash, as in {@code sys/block/sda/size}. What is not there is told by
 * {@link java.nio.file.NoSuchFileException}, anything else that fails by another IOException.
 */
public interface Tree {

    /** The first bytes of a file, {@code most} at most. */
    byte[] read(String path, int most) throws IOException;

    /** The names in a folder, sorted; 4096 at most. */
    List<String> names(String folder) throws IOException;

    /** What a symbolic link names, as it is written there. */
    String target(String link) throws IOException;

    /** Whether there is something; no when nobody may know. */
    boolean exists(String path);

    /** The bytes that are free for use in the file system of a folder. */
    long usable(String folder) throws IOException;

    /** The bytes of the whole file system of a folder; 0 when nobody knows. */
    long size(String folder) throws IOException;
}
