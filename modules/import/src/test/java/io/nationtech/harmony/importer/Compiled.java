package io.nationtech.harmony.importer;

import io.nationtech.harmony.rules.BuildCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A module as its user's build makes it: compiled with the checker, and its graph checked. */
record Compiled(int status, String said, Path classes) {
    private static final Path CHECKER =
            Path.of(System.getProperty("harmony.project"), "modules/checker/target/classes");

    static Compiled of(Map<String, String> files, Path folder) throws IOException {
        List<String> sources = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(".java")) {
                sources.add(path.toString());
            }
        }
        Path classes = folder.resolve("target/classes");
        String modules = ModuleLayer.boot().configuration().modules().stream()
                .filter(module -> module.name().startsWith("io.nationtech.harmony."))
                .flatMap(module -> module.reference().location().stream())
                .map(location -> Path.of(location).toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        String[] arguments = Stream.concat(
                        Stream.of(
                                "--module-path",
                                modules,
                                "--processor-path",
                                CHECKER.toString(),
                                "-Aharmony.graph=elsewhere",
                                "-encoding",
                                "UTF-8",
                                "-Xlint:all,-processing",
                                "-Werror",
                                "-d",
                                classes.toString()),
                        sources.stream())
                .toArray(String[]::new);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments);
        return new Compiled(status, said.toString(), classes);
    }

    /** @throws io.nationtech.harmony.rules.RefusedException when a rule does not hold */
    void check() throws IOException {
        try (URLClassLoader loader = loader()) {
            BuildCheck.run(classes, loader, System.err);
        }
    }

    URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Compiled.class.getClassLoader());
    }
}
