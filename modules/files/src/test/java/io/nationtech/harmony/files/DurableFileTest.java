package io.nationtech.harmony.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state");
    }

    @Test
    void replacesAFileByItsPartsAndLeavesNothingElse() throws IOException {
        DurableFile.replace(file, bytes("old"));
        DurableFile.replace(file, bytes("head\n"), bytes("body"));

        assertEquals("head\nbody", Files.readString(file));
        assertEquals(List.of("state"), names());
    }

    @Test
    void whatFailsLeavesTheOldContent() throws IOException {
        DurableFile.replace(file, bytes("old"));

        IOException failure = assertThrows(
                IOException.class,
                () -> DurableFile.replacePrivate(
                        file,
                        _ -> {
                            throw new IOException("no such user");
                        },
                        bytes("new")));

        assertEquals("no such user", failure.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("state"), names());
    }

    @Test
    void whatAPowerCutOrSomebodyElseLeftIsNotWrittenInto() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "somebody else's");
        Path left = Files.createSymbolicLink(folder.resolve("state" + DurableFile.NEW_SUFFIX), other);

        DurableFile.replacePrivate(file, bytes("new"));

        assertEquals("somebody else's", Files.readString(other));
        assertFalse(Files.exists(left));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void whatIsPrivateNeverIsReadableByOthersBeforeItIsPrepared() throws IOException {
        DurableFile.replacePrivate(
                file,
                fresh -> {
                    assertEquals("rw-------", permissions(fresh));
                    assertEquals("new", Files.readString(fresh), "it is whole by then");
                    assertFalse(Files.exists(file));
                    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--r-----"));
                },
                bytes("new"));

        assertEquals("r--r-----", permissions(file));
    }

    @Test
    void aFileInTheFolderOfTheProcessHasAFolderToo() throws IOException {
        Path here = Path.of("durable-file-test");
        try {
            DurableFile.replace(here, bytes("new"));
            assertEquals("new", Files.readString(here));
        } finally {
            DurableFile.delete(here);
        }
        assertFalse(Files.exists(here));
    }

    @Test
    void deletesOnceAndQuietly() throws IOException {
        DurableFile.replace(file, bytes("old"));

        DurableFile.delete(file);
        DurableFile.delete(file);

        assertTrue(names().isEmpty());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(one -> one.getFileName().toString()).toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
