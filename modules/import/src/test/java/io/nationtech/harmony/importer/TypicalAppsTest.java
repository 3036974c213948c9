package io.nationtech.harmony.importer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Typical applications, each with the module and the report that become of it. {@code -Dtest.jvm.options=-Dharmony.golden=write} writes what is expected anew,
 * for people to read.
 */
class TypicalAppsTest {
    private static final Path APPS =
            Path.of(System.getProperty("harmony.project"), "modules/import/src/test/resources/apps");

    static List<String> apps() throws IOException {
        try (Stream<Path> folders = Files.list(APPS)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("apps")
    void becomesTheModuleThatIsExpectedAndPassesTheChecks(String app, @TempDir Path folder) throws IOException {
        Path at = APPS.resolve(app);
        ImportedModule module = Imports.imported(Imports.result(sources(at)));
        String java = Imports.java(module);
        String told = Imports.told(module);
        if ("write".equals(System.getProperty("harmony.golden"))) {
            Files.writeString(at.resolve("expected.java.txt"), java);
            Files.writeString(at.resolve("expected.report.txt"), told);
        }

        Compiled compiled = Compiled.of(module.files(), folder);

        assertEquals(0, compiled.status(), compiled.said());
        compiled.check();
        assertAll(
                () -> assertEquals(Files.readString(at.resolve("expected.java.txt")), java),
                () -> assertEquals(Files.readString(at.resolve("expected.report.txt")), told));
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            List<Path> compose = all.stream()
                    .filter(file -> file.toString().matches(".*compose\\.ya?ml"))
                    .toList();
            return compose.isEmpty()
                    ? all.stream()
                            .filter(file -> file.toString().matches(".*\\.(container|pod|volume|network)"))
                            .toList()
                    : compose;
        }
    }
}
