package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenBuildTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeAModule() throws IOException {
        Path versions = Path.of(System.getProperty("harmony.project"), "modules/bom/pom.xml");
        String plugins = Stream.of("maven-compiler-plugin", "maven-resources-plugin", "maven-dependency-plugin")
                .map(plugin -> "<plugin><artifactId>%s</artifactId><version>%s</version></plugin>"
                        .formatted(plugin, version(versions, plugin)))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>example</groupId><artifactId>site</artifactId><version>1</version>
                  <properties>
                    <maven.compiler.release>25</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <build><plugins>%s</plugins></build>
                </project>
                """.formatted(plugins));
        Files.createDirectories(source().getParent());
        Files.writeString(source(), "class Site {}");
    }

    @Test
    void whatWasEditedIsCompiledOnce() throws IOException {
        MavenBuild build = new MavenBuild(folder, InstantSource.system());
        assertEquals(new MavenResult.Compiled(), build.compile());
        assertTrue(build.isUpToDate(), "after the first compile");

        Files.setLastModifiedTime(source(), FileTime.from(Instant.now()));
        assertFalse(build.isUpToDate(), "after an edit");
        assertEquals(new MavenResult.Compiled(), build.compile());

        assertTrue(build.isUpToDate(), "after the edit was compiled");
    }

    private Path source() {
        return folder.resolve("src/main/java/Site.java");
    }

    private static String version(Path pom, String plugin) {
        try {
            Matcher found =
                    Pattern.compile("<%s.version>(.*)</".formatted(plugin)).matcher(Files.readString(pom));
            assertTrue(found.find(), plugin);
            return found.group(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
