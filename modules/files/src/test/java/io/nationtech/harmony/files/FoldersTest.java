package io.nationtech.harmony.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path folder;

    @Test
    void onlyWhatIsEmptyGoes() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("file"), "kept");

        Folders.deleteIfEmpty(empty);
        Folders.deleteIfEmpty(empty);
        Folders.deleteIfEmpty(used);
        Folders.deleteIfEmpty(used.resolve("file"));

        assertFalse(Files.exists(empty));
        assertEquals("kept", Files.readString(used.resolve("file")));
    }
}
