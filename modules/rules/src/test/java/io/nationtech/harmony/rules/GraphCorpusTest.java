package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.corpus.Case;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that show in the whole only, each with its repair. */
class GraphCorpusTest {
    static Stream<Case> graphs() {
        return Case.of("graph");
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void theMistakeCompilesButIsNotBuilt(Case mistake) throws IOException {
        Built built = Built.of(mistake.wrong());

        assertEquals(Built.Step.GRAPH_CHECK, built.refusedBy(), built::said);
        assertEquals(Built.wanted(mistake), built.lines());
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void itsRepairIsBuiltWithoutAWord(Case mistake) throws IOException {
        assertFalse(mistake.right().equals(mistake.wrong()), "the case has no repair");
        Built built = Built.of(mistake.right());

        assertEquals("", built.said() + String.join("\n", built.lines()));
    }

    @Test
    void theCorpusIsLarge() {
        long cases = Case.FAMILIES.stream().flatMap(Case::of).count();
        assertTrue(cases >= 120, () -> "only " + cases);
    }
}
