package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    @TempDir
    Path project;

    @BeforeEach
    void makeAProjectThatWasBuilt() throws IOException {
        Files.createDirectories(project.resolve("modules/site/src/main/java"));
        Files.createDirectory(project.resolve(".mvn"));
        for (String file : new String[] {"pom.xml", "modules/site/pom.xml", "modules/site/src/main/java/Site.java"}) {
            Files.writeString(project.resolve(file), "");
        }
        try (var files = Files.walk(project)) {
            for (Path file : files.toList()) {
                age(file, 10);
            }
        }
        Files.writeString(project.resolve("stamp"), "");
        age(project.resolve("stamp"), 20);
    }

    @Test
    void areOldWhenNothingWasTouchedSince() {
        assertTrue(site().areOlderThan(project.resolve("stamp")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "modules/site/pom.xml",
                "modules/site/src/main/java",
                "modules/site/src/main/java/Site.java"
            })
    void areNewWhenOneWasTouchedSince(String file) throws IOException {
        age(project.resolve(file), 30);

        assertFalse(site().areOlderThan(project.resolve("stamp")));
    }

    private Sources site() {
        return new Sources(project.resolve("modules/site"));
    }

    private static void age(Path file, long time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(time * 1_000));
    }
}
