package io.nationtech.harmony.rules;

import io.nationtech.harmony.corpus.Case;
import io.nationtech.harmony.corpus.Scratch;
import io.nationtech.harmony.domain.DeploymentModule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * What a user's build makes of a source: javac with the checker, and where that passes the check of the graph.
 *
 * @param said by the compiler
 */
record Built(Step refusedBy, String said, Report report) {
    /** Where a build ends. */
    enum Step {
        COMPILER,
        GRAPH_CHECK,
        NOTHING
    }

    private static final Path MODULES = Path.of(System.getProperty("harmony.project"), "modules");
    private static final Report NONE = new Report(List.of(), List.of(), 0);

    static Built of(String source) throws IOException {
        try (Scratch scratch = Scratch.make()) {
            return of(source, scratch.folder());
        }
    }

    private static Built of(String source, Path folder) throws IOException {
        StringWriter said = new StringWriter();
        Path classes = folder.resolve("classes");
        if (compile(source, folder, new PrintWriter(said, true)) != 0) {
            return new Built(Step.COMPILER, said.toString(), NONE);
        }
        Report report = Files.exists(classes.resolve("Case.class")) ? check(classes) : NONE;
        return new Built(report.violations().isEmpty() ? Step.NOTHING : Step.GRAPH_CHECK, said.toString(), report);
    }

    /** Where the classes are afterwards, if it compiles. */
    static Path compiled(String source, Path folder) throws IOException {
        compile(source, folder, new PrintWriter(new StringWriter()));
        return folder.resolve("classes");
    }

    private static int compile(String source, Path folder, PrintWriter out) throws IOException {
        Path file = Files.writeString(folder.resolve("Case.java"), source);
        return ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        out,
                        out,
                        "--module-path",
                        Path.of(domain()).toString(),
                        "--add-modules",
                        "io.nationtech.harmony.domain",
                        "--processor-path",
                        MODULES.resolve("checker/target/classes").toString(),
                        "-d",
                        folder.resolve("classes").toString(),
                        file.toString());
    }

    private static Report check(Path classes) throws IOException {
        URL[] path = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, Built.class.getClassLoader())) {
            Class<?> type = Class.forName("Case", false, loader);
            return DeploymentModule.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())
                    ? BuildCheck.check(ModuleFiles.of(classes), (DeploymentModule)
                            type.getDeclaredConstructor().newInstance())
                    : NONE;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static URI domain() {
        return ModuleLayer.boot()
                .configuration()
                .findModule("io.nationtech.harmony.domain")
                .flatMap(module -> module.reference().location())
                .orElseThrow();
    }

    /** What a case wants told, as the lines below. */
    static List<String> wanted(Case mistake) {
        return mistake.marks().stream()
                .map(mark -> "Case.java:%d: %s".formatted(mark.line(), mark.message()))
                .sorted()
                .toList();
    }

    /** The graph's violations, a line each, sorted. */
    List<String> lines() {
        return report.violations().stream()
                .flatMap(violation -> violation.toString().lines())
                .sorted()
                .toList();
    }
}
