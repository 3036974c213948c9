package io.nationtech.harmony.checker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The project's own modules, as cases are compiled against them. */
final class Project {
    static final String DOMAIN = "io.nationtech.harmony.domain";
    private static final Path MODULES = Path.of(System.getProperty("harmony.project"), "modules");

    private Project() {}

    static Path module(String name) {
        return MODULES.resolve(name);
    }

    /**
     * The module path of a user's build: the domain, compiled from its sources, as Maven builds it only after the checker, and
     * what it needs.
     */
    static List<Path> modulePath() {
        return Domain.MODULE_PATH;
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

    /** Compiled once, when it is first asked for. */
    private static final class Domain {
        static final List<Path> MODULE_PATH = List.of(compiled(), onTestPath("jspecify"));

        private static Path compiled() {
            Path classes = module("checker").resolve("target/domain-under-test");
            // Before the compiler looks: its file manager remembers a folder that was missing as empty.
            create(classes);
            Compilation domain = Javac.plain(
                            "--module-path", onTestPath("jspecify").toString())
                    .compileInto(classes, sources(module("domain").resolve("src/main/java")));
            if (!domain.succeeded()) {
                throw new AssertionError("the domain " + domain);
            }
            return classes;
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
