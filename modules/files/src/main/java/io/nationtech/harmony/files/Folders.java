package io.nationtech.harmony.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that are there for what is in them. */
public final class Folders {
    private Folders() {}

    /**
     * Deletes a folder, if it is there and nothing is in it.
     *
     * @throws IOException when it cannot be; never because something is in it, or it is no folder
     */
    public static void deleteIfEmpty(Path folder) throws IOException {
        try {
            if (Files.isDirectory(folder)) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // What is in it wants it.
        }
    }
}
