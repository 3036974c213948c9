package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.corpus.Case;
import java.io.IOException;
import java.nio.file.Path;
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

    /** How long that takes is told by {@code make bench-compile}. */
    @Test
    void aLargeGraphThatIsSoundIsAllowedByEveryRule() throws IOException {
        Places places = Places.in(
                ModuleFiles.of(Path.of(System.getProperty("harmony.project"), "modules/rules/target/test-classes")),
                GraphBench.class);

        Report report = GraphCheck.check(GraphBench.deployment(5_000), GraphBench.class, places);

        assertEquals(new Report(List.of(), List.of(), report.rules()), report);
        assertTrue(report.rules() > 0, report::toString);
    }
}
