package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewCommandTest {
    @TempDir
    Path folder;

    @Test
    void writesAProjectAndTellsWhatIsNext() throws IOException {
        Path into = folder.resolve("mine/my-lab");

        Typed typed = Typed.command("new", "my-lab", "--into", into.toString());

        assertEquals(0, typed.exitCode(), typed.err());
        assertEquals("""
                Deployment my-lab, in %1$s
                  .gitignore
                  README.md
                  pom.xml
                  src/main/java/module-info.java
                  src/main/java/my_lab/MyLab.java
                  src/test/java/my_lab/MyLabTest.java

                Next: harmony check %1$s
                """.formatted(into), typed.out());
        assertTrue(Files.readString(into.resolve("README.md")).contains("src/main/java/my_lab/MyLab.java"));
    }

    @Test
    void answersProgramsInJson() {
        Typed typed = Typed.command(
                "new", "x", "-o", "json", "--into", folder.resolve("x").toString());

        assertEquals(0, typed.exitCode(), typed.err());
        assertTrue(
                typed.out()
                        .replaceAll("\\s", "")
                        .startsWith("{\"result\":\"written\",\"deployment\":\"x\",\"folder\":"),
                typed.out());
    }

    @Test
    void writesOverNothing() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));

        Typed typed = Typed.command("new", "my-lab", "--into", taken.toString());

        assertEquals(1, typed.exitCode());
        assertTrue(typed.err().contains("there is something already (" + taken + ")"), typed.err());
        try (var files = Files.list(taken)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void refusesANameThatIsNone() {
        Typed typed =
                Typed.command("new", "My_Lab", "--into", folder.resolve("x").toString());

        assertEquals(2, typed.exitCode());
        assertTrue(typed.err().contains("My_Lab"), typed.err());
        assertFalse(Files.exists(folder.resolve("x")));
    }
}
