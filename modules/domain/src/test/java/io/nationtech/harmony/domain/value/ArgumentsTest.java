package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void takesWordsAsTheyAre() {
        assertEquals(
                List.of("sh", "-c", "echo \"$HOME\" 100%\n", ""),
                Arguments.of("sh", "-c", "echo \"$HOME\" 100%\n", "").words());
    }

    @Test
    void refusesNoneAndTooManyAndTooLongOnes() {
        Refusal.of(() -> new Arguments(List.of()), "1 to 1000 words", "not 0");
        Refusal.of(() -> new Arguments(Collections.nCopies(1_001, "a")), "not 1001");
        Refusal.of(() -> Arguments.of("a", "é".repeat(16_385)), "a word of a command has 32770 bytes");
        Refusal.of(() -> new Arguments(Collections.nCopies(5, "a".repeat(32_768))), "163840 bytes together");
        Refusal.of(() -> Arguments.of("a\u0000b"), "'a?b'", "U+0000");
    }

    @Test
    void aFolderIsAbsolute() {
        for (String folder : List.of("/", "/srv", "/usr/src/app", "/a.b/_c-d")) {
            assertEquals(folder, FolderPath.of(folder).toString());
        }
        for (String folder : List.of("", "srv", "/srv/", "//", "/a/../b", "/a b", "/.")) {
            Refusal.of(() -> FolderPath.of(folder), "'" + folder + "' is not a folder in a container");
        }
    }
}
