package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.engine.DeployResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployReportTest {

    @Test
    void namesTheNodesThatTheFailureBudgetTolerated() {
        DeployReport report = new DeployReport(
                Examples.WEBSITE,
                "deployed",
                new DeployResult.Deployed(
                        3, List.of(), List.of(new Cause("node 'n2' is out of disk", "node n2", "make room"))),
                Duration.ofSeconds(2));

        String text = report.text(Ink.PLAIN);

        assertTrue(text.contains("""
                The failure budget allows that these failed: 1
                ✗ node 'n2' is out of disk (node n2)
                  → make room
                """), text);
        assertTrue(Json.write(report.json()).contains("node 'n2' is out of disk"), text);
        assertEquals(ExitCode.DONE, report.exitCode());
    }
}
