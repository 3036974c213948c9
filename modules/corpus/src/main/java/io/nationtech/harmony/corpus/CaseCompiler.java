package io.nationtech.harmony.corpus;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles cases as whoever writes a deployment does: with Harmony's modules and its checker.
 *
 * @param modules of the module path, by a class of each
 */
public record CaseCompiler(List<Class<?>> modules) {
    private static final Path CHECKER =
            Path.of(System.getProperty("harmony.project"), "modules/checker/target/classes");

    /** With these modules, by a class of each; the first is what sources import. */
    public static CaseCompiler with(Class<?>... modules) {
        return new CaseCompiler(List.of(modules));
    }

    /**
     * Compiles a source into the folder {@code classes} of a scratch.
     *
     * @return what the compiler says, each diagnostic on a line, which begins with the source's line: {@code Case.java:7: error: …}
     */
    public List<String> compile(String source, Scratch scratch) throws IOException {
        StringWriter said = new StringWriter();
        ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(said, true),
                        new PrintWriter(said, true),
                        "--module-path",
                        modules.stream().map(CaseCompiler::place).collect(Collectors.joining(":")),
                        "--add-modules",
                        modules.getFirst().getModule().getName(),
                        "--processor-path",
                        CHECKER.toString(),
                        "-d",
                        scratch.folder().resolve("classes").toString(),
                        Files.writeString(scratch.folder().resolve("Case.java"), source)
                                .toString());
        return said.toString().isEmpty()
                ? List.of()
                : Stream.of(said.toString().split("(?m)^[^\\s].*(?=Case\\.java:)"))
                        .map(diagnostic -> diagnostic.replaceAll("\\s+", " "))
                        .toList();
    }

    /** What is said of a source by the compiler alone. */
    public List<String> said(String source) throws IOException {
        try (Scratch scratch = Scratch.make()) {
            return compile(source, scratch);
        }
    }

    private static String place(Class<?> type) {
        return Path.of(ModuleLayer.boot()
                        .configuration()
                        .findModule(type.getModule().getName())
                        .flatMap(module -> module.reference().location())
                        .orElseThrow())
                .toString();
    }
}
