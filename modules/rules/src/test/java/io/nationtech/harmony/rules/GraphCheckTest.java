package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.corpus.Case;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphCheckTest {
    private static final Case CANARY = Case.named("graph/allow-without-reason");

    @Test
    void whatIsAllowedIsToldWithItsReason() throws IOException {
        Built built = Built.of(CANARY.right());

        assertEquals(Built.Step.NOTHING, built.refusedBy());
        String told = built.report().allowed().getFirst().toString();
        assertTrue(told.startsWith("allowed, because two weeks of canary, then one version: Case.java:"), told);
    }

    @Test
    void aNameThatIsPutTogetherIsAtTheLineWhereTheDeploymentBegins() throws IOException {
        String source = CANARY.right()
                .replace("ServiceName.of(\"web\")", "ServiceName.of(new String(\"web\"))")
                .replace("8080", "22")
                .replace("        var web", "        int begin = 1;\n        var web");

        assertEquals(
                List.of(
                        "Case.java:20: service 'web' publishes port 22 of its nodes, where people on site reach it by SSH [port-of-the-node]"),
                Built.of(source).lines());
    }

    /** The figure is of {@code make bench-compile}; here is only that it cannot go astray by orders of magnitude. */
    @Test
    void aLargeGraphIsCheckedInTheTimeOfABreath() throws IOException {
        Duration took = GraphBench.runs(5_000, 1).getFirst();
        assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, took::toString);
    }
}
