package io.nationtech.harmony.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nationtech.harmony.corpus.Case;
import io.nationtech.harmony.corpus.CaseCompiler;
import io.nationtech.harmony.corpus.Scratch;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.rules.GraphCheck;
import io.nationtech.harmony.rules.ModuleFiles;
import io.nationtech.harmony.rules.Places;
import io.nationtech.harmony.rules.Rule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes with what looks up names, each refused at its line by the compiler or the check of the graph, and each with its repair. */
class ResolverCorpusTest {
    private static final CaseCompiler COMPILER = CaseCompiler.with(Resolver.class, DeploymentModule.class, Rule.class);

    static Stream<Case> cases() {
        return Case.of("resolver");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMistakeIsRefusedAtItsLine(Case mistake) throws IOException {
        List<String> said = said(mistake.wrong());

        assertEquals(List.of(), mistake.untold(said), () -> String.join("\n", said));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsRepairIsBuiltWithoutAWord(Case mistake) throws IOException {
        assertFalse(mistake.right().equals(mistake.wrong()), "the case has no repair");

        assertEquals(List.of(), said(mistake.right()));
    }

    @Test
    void thereAreTwelveOfThem() {
        assertEquals(12, cases().count());
    }

    private static List<String> said(String source) throws IOException {
        try (Scratch scratch = Scratch.make()) {
            List<String> compiler = COMPILER.compile(source, scratch);
            Path classes = scratch.folder().resolve("classes");
            return compiler.isEmpty() && Files.exists(classes.resolve("Case.class"))
                    ? ofGraph(classes).toList()
                    : compiler;
        }
    }

    private static Stream<String> ofGraph(Path classes) throws IOException {
        URL[] path = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, ResolverCorpusTest.class.getClassLoader())) {
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
}
