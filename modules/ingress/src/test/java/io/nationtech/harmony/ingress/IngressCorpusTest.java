package io.nationtech.harmony.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.corpus.Case;
import io.nationtech.harmony.corpus.Scratch;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.rules.GraphCheck;
import io.nationtech.harmony.rules.ModuleFiles;
import io.nationtech.harmony.rules.Places;
import io.nationtech.harmony.rules.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes with names of the site, each refused at its line by the compiler or the check of the graph, and each with its repair. */
class IngressCorpusTest {
    private static final Path CHECKER =
            Path.of(System.getProperty("harmony.project"), "modules/checker/target/classes");

    static Stream<Case> cases() {
        return Case.of("ingress");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMistakeIsRefusedAtItsLine(Case mistake) throws IOException {
        List<String> said = said(mistake.wrong());

        assertFalse(mistake.marks().isEmpty(), "the case marks no mistake");
        for (Case.Mark mark : mistake.marks()) {
            String wanted = "Case.java:%d: ".formatted(mark.line());
            assertTrue(
                    said.stream().anyMatch(line -> line.startsWith(wanted) && line.contains(mark.message())),
                    () -> "wanted " + wanted + mark.message() + " in\n" + String.join("\n", said));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsRepairIsBuiltWithoutAWord(Case mistake) throws IOException {
        assertFalse(mistake.right().equals(mistake.wrong()), "the case has no repair");

        assertEquals(List.of(), said(mistake.right()));
    }

    @Test
    void thereAreThirtyOneOfThem() {
        assertEquals(31, cases().count());
    }

    private static List<String> said(String source) throws IOException {
        try (Scratch scratch = Scratch.make()) {
            StringWriter said = new StringWriter();
            int status = ToolProvider.findFirst("javac")
                    .orElseThrow()
                    .run(
                            new PrintWriter(said, true),
                            new PrintWriter(said, true),
                            "--module-path",
                            Stream.of(DeploymentModule.class, Ingress.class, Rule.class)
                                    .map(IngressCorpusTest::place)
                                    .collect(Collectors.joining(":")),
                            "--add-modules",
                            "io.nationtech.harmony.ingress",
                            "--processor-path",
                            CHECKER.toString(),
                            "-d",
                            scratch.folder().resolve("classes").toString(),
                            Files.writeString(scratch.folder().resolve("Case.java"), source)
                                    .toString());
            String compiler = said.toString();
            return status == 0 && Files.exists(scratch.folder().resolve("classes/Case.class"))
                    ? Stream.concat(compiler.lines(), ofGraph(scratch.folder().resolve("classes")))
                            .toList()
                    : ofCompiler(compiler);
        }
    }

    /** Each diagnostic on one line, as it may go on over several. */
    private static List<String> ofCompiler(String text) {
        return Stream.of(text.split("(?m)^[^\\s].*(?=Case\\.java:)"))
                .map(diagnostic -> diagnostic.replaceAll("\\s+", " "))
                .toList();
    }

    private static Stream<String> ofGraph(Path classes) throws IOException {
        URL[] path = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, IngressCorpusTest.class.getClassLoader())) {
            Class<?> type = Class.forName("Case", true, loader);
            if (!DeploymentModule.class.isAssignableFrom(type)) {
                return Stream.empty();
            }
            Deployment<?> deployment =
                    ((DeploymentModule) type.getDeclaredConstructor().newInstance()).deployment();
            return GraphCheck.check(deployment, type, Places.in(ModuleFiles.of(classes), type)).violations().stream()
                    .flatMap(violation -> violation.toString().lines())
                    .toList()
                    .stream();
        } catch (InvalidValueException e) {
            int line = Stream.of(e.getStackTrace())
                    .filter(frame -> frame.getClassName().equals("Case"))
                    .findFirst()
                    .orElseThrow()
                    .getLineNumber();
            return Stream.of("Case.java:%d: %s".formatted(line, e.getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
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
