package io.nationtech.harmony.borrowed.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.nationtech.harmony.corpus.Case;
import io.nationtech.harmony.corpus.CaseCompiler;
import io.nationtech.harmony.domain.DeploymentModule;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes with data of other deployments, each refused at its line by the compiler or the checker, and each with its repair. */
class BorrowsCorpusTest {
    private static final CaseCompiler COMPILER = CaseCompiler.with(Borrows.class, DeploymentModule.class);

    static Stream<Case> cases() {
        return Case.of("borrowed-data");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMistakeIsRefusedAtItsLine(Case mistake) throws IOException {
        List<String> said = COMPILER.said(mistake.wrong());

        assertEquals(List.of(), mistake.untold(said), () -> String.join("\n", said));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsRepairIsBuiltWithoutAWord(Case mistake) throws IOException {
        assertNotEquals(mistake.right(), mistake.wrong(), "the case has no repair");

        assertEquals(List.of(), COMPILER.said(mistake.right()));
    }

    @Test
    void thereAreThirteenOfThem() {
        assertEquals(13, cases().count());
    }
}
