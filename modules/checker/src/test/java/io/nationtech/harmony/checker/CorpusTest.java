package io.nationtech.harmony.checker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.corpus.Case;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that people make, each with its repair: {@code src/test/resources/cases}. */
class CorpusTest {
    private static final Javac CHECKING = Javac.checking(Javac.onModulePath());

    static Stream<Case> all() {
        return Stream.of("types", "constants", "capabilities").flatMap(Case::of);
    }

    static Stream<Case> constants() {
        return Case.of("constants");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theMistakeDoesNotCompile(Case mistake) {
        Compilation compilation = CHECKING.compile("Case", mistake.wrong());
        assertFalse(mistake.marks().isEmpty(), "the case marks no mistake");
        assertFalse(compilation.succeeded(), "the mistake compiles");
        assertFalse(compilation.toString().contains("the Harmony checker failed"), compilation::toString);
        for (Case.Mark mark : mistake.marks()) {
            boolean told = mistake.family().equals("types") ? compilation.tells(mark) : compilation.underlines(mark);
            assertTrue(told, () -> "wanted " + mark + "\n" + compilation);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itsRepairCompilesWithoutAWord(Case mistake) {
        Compilation compilation = CHECKING.compile("Case", mistake.right());
        assertTrue(compilation.succeeded() && compilation.diagnostics().isEmpty(), compilation::toString);
    }

    /** Else the case would show what javac knows anyway. */
    @ParameterizedTest
    @MethodSource("constants")
    void onlyTheCheckerFindsAWrongConstant(Case mistake) {
        Compilation compilation = Javac.plain(Javac.onModulePath()).compile("Case", mistake.wrong());
        assertTrue(compilation.succeeded(), compilation::toString);
    }

    /** Error Prone wants the compiler to go on where a type is not known, and then the checker sees it too. */
    @Test
    void aCapabilityThatIsNotKnownIsTheCompilersMatter() {
        Compilation compilation = Javac.checking(
                        Stream.concat(Stream.of(Javac.onModulePath()), Stream.of("--should-stop=ifError=FLOW"))
                                .toArray(String[]::new))
                .compile("Case", """
                        import module io.nationtech.harmony.domain;
                        import module java.base;

                        class Case {
                            interface Home extends ContainerRuntime, VolumesStore {}

                            static final Topology<Home> HOME =
                                    Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
                        }
                        """);
        assertFalse(compilation.succeeded(), "nobody knows VolumesStore");
        assertFalse(compilation.toString().contains("the Harmony checker"), compilation::toString);
    }

    @Test
    void thereAreManyCases() {
        assertTrue(all().count() >= 60, () -> "only " + all().count());
    }
}
