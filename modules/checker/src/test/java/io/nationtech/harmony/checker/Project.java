package io.nationtech.harmony.checker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The project's own modules, as cases are compiled against them. */
final class Project {
    /** Whose types cases use. */
    static final String MODULES_UNDER_TEST = "io.nationtech.harmony.domain,io.nationtech.harmony.backup";

    private static final Path MODULES = Path.of(System.getProperty("harmony.project"), "modules");

    private Project() {}

    static Path module(String name) {
        return MODULES.resolve(name);
    }

    /**
     * The module path of a user's build: the domain and a kind of resource, compiled from their sources, as Maven builds them only after
     * the checker, and what they need.
     */
    static List<Path> modulePath() {
        return UnderTest.MODULE_PATH;
    }

    static Iterable<? extends JavaFileObject> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            StandardJavaFileManager manager =
                    ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
            return manager.getJavaFileObjectsFromPaths(
                    files.filter(file -> file.toString().endsWith(".java")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiled once, when they are first asked for. */
    private static final class UnderTest {
        static final List<Path> MODULE_PATH = compiled();

        private static List<Path> compiled() {
            List<Path> path = new ArrayList<>(List.of(onTestPath("jspecify")));
            for (String name : List.of("domain", "backup")) {
                Path classes = MODULES.resolve("checker/target").resolve(name + "-under-test");
                // Before the compiler looks: its file manager remembers a folder that was missing as empty.
                create(classes);
                Compilation module = Javac.plain("--module-path", Javac.joined(path))
                        .compileInto(classes, sources(module(name).resolve("src/main/java")));
                if (!module.succeeded()) {
                    throw new AssertionError(name + " " + module);
                }
                path.add(classes);
            }
            return List.copyOf(path);
        }

        private static void create(Path folder) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the tests themselves run with, by the beginning of its file's name. */
    static Path onTestPath(String name) {
        String paths = System.getProperty("jdk.module.path", "")
                + File.pathSeparator
                + System.getProperty("java.class.path", "");
        return Stream.of(paths.split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName() != null
                        && path.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow();
    }
}
