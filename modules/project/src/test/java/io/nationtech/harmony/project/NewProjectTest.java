package io.nationtech.harmony.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewProjectTest {
    @TempDir
    Path folder;

    private static ProjectFiles project(String name) {
        return new NewProject(DeploymentName.of(name), "1.2.3").files();
    }

    /** What a build does with it is tried in the tests of the command line; this for many names. */
    @ParameterizedTest
    @ValueSource(strings = {"my-lab", "home", "new", "java", "port", "string", "deployment", "0", "lab-2", "a--b"})
    void compilesWithoutAWarningWhateverItsName(String name) throws IOException {
        Path into = folder.resolve("project");
        project(name).write(into);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        List<String> sources;
        try (Stream<Path> files = Files.walk(into.resolve("src/main"))) {
            sources = files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .toList();
        }

        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        out,
                        out,
                        Stream.concat(
                                        Stream.of(
                                                "-proc:none",
                                                "-Xlint:all",
                                                "-Werror",
                                                "--module-path",
                                                domain(),
                                                "-d",
                                                folder.resolve("classes").toString()),
                                        sources.stream())
                                .toArray(String[]::new));

        assertEquals(0, status, said.toString());
    }

    private static String domain() {
        return ModuleLayer.boot()
                .configuration()
                .findModule(DeploymentModule.class.getModule().getName())
                .flatMap(module -> module.reference().location())
                .map(location -> Path.of(location).toString())
                .orElseThrow();
    }

    @Test
    void itsBuildIsShortAndNamesTheVersionOnce() {
        String pom = project("my-lab").texts().get("pom.xml");

        assertTrue(pom.lines().count() <= 25, pom);
        assertEquals(2, pom.split("1\\.2\\.3", -1).length, pom);
        assertTrue(pom.contains("<artifactId>harmony-parent</artifactId>"), pom);
    }

    @Test
    void isWrittenWholeOrNotAtAll() throws IOException {
        ProjectFiles impossible = new ProjectFiles(new TreeMap<>(Map.of("a.txt", "a", "a.txt/b.txt", "b")));

        assertThrows(IOException.class, () -> impossible.write(folder.resolve("project")));

        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void takesNobodysPlace() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        for (Path taken : List.of(empty, file, link)) {
            assertThrows(
                    FileAlreadyExistsException.class, () -> project("my-lab").write(taken));
        }

        assertEquals("mine", Files.readString(file));
        assertFalse(Files.exists(empty.resolve("pom.xml")));
    }
}
