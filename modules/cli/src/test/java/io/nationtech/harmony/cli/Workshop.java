package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.DeploymentModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/** A folder in which tests write and compile modules of their own. */
record Workshop(Path folder) {
    private static final Path CHECKER =
            Path.of(System.getProperty("harmony.project"), "modules/checker/target/classes");

    /** As a build does, with the checker; the rules of the graph are tried when it is loaded. */
    Path compile(String name, String moduleInfo, Map<String, String> sources, Path... needs) {
        return compile(
                List.of("--processor-path", CHECKER.toString(), "-Aharmony.graph=elsewhere"),
                name,
                moduleInfo,
                sources,
                needs);
    }

    Path compileUnchecked(String name, String moduleInfo, Map<String, String> sources, Path... needs) {
        return compile(List.of("-proc:none"), name, moduleInfo, sources, needs);
    }

    private Path compile(
            List<String> options, String name, String moduleInfo, Map<String, String> sources, Path... needs) {
        try {
            Path from = folder.resolve(name + "/source");
            Path to = folder.resolve(name + "/classes");
            List<String> arguments = new ArrayList<>(List.of("-d", to.toString(), "--module-path", modulePath(needs)));
            arguments.addAll(options);
            arguments.add(write(from.resolve("module-info.java"), moduleInfo));
            for (var source : sources.entrySet()) {
                arguments.add(write(from.resolve(source.getKey()), source.getValue()));
            }
            run("javac", arguments);
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this program has a module from. */
    static Path ofHost(String module) {
        return Path.of(ModuleLayer.boot()
                .configuration()
                .findModule(module)
                .flatMap(found -> found.reference().location())
                .orElseThrow());
    }

    private static String modulePath(Path... needs) {
        List<String> path = new ArrayList<>(
                List.of(ofHost(DeploymentModule.class.getModule().getName()).toString()));
        List.of(needs).forEach(need -> path.add(need.toString()));
        return String.join(":", path);
    }

    private static String write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content).toString();
    }

    static Path jar(Path classes, Path jar) {
        run("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
        return jar;
    }

    private static void run(String tool, List<String> arguments) {
        int status = ToolProvider.findFirst(tool)
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertEquals(0, status, tool + " " + arguments);
    }
}
