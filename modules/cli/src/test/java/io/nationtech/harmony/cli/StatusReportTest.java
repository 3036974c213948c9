package io.nationtech.harmony.cli;

import static io.nationtech.harmony.cli.Examples.ALIVE;
import static io.nationtech.harmony.cli.Examples.LOST;
import static io.nationtech.harmony.cli.Examples.healthyWeb;
import static io.nationtech.harmony.cli.Examples.node;
import static io.nationtech.harmony.cli.Examples.said;
import static io.nationtech.harmony.cli.Examples.saidOf;
import static io.nationtech.harmony.cli.Examples.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.cli.Share.Condition;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    private static final Convergence CONVERGED = new Convergence.Converged();

    @Test
    void showsEachNodeAndBelowTheTableWhyOneFailed() {
        Cause cause = new Cause("the image cannot be fetched", "registry.internal/website:1", "push it");
        StatusReport report = report(
                List.of(node(1, ALIVE, web()), node(2, LOST, web()), node(3, ALIVE, web())),
                said(1, CONVERGED, healthyWeb()),
                said(2, CONVERGED, healthyWeb()),
                said(3, new Convergence.Failed(cause)));

        assertEquals("""
                DEPLOYMENT  NODE    SITE  STATE      RESOURCE       PHASE    HEALTH   PUBLISHED       LAST SEEN
                website     node-1  home  converged  container web  running  healthy  192.0.2.1:8080  3 s ago
                website     node-2  home  lost       container web  lost     lost     192.0.2.2:8080  lost, 4 min ago
                website     node-3  home  failed     container web  -        -        192.0.2.3:8080  3 s ago

                ✗ website on node-3: the image cannot be fetched (registry.internal/website:1)
                  → push it
                """, report.text(Ink.PLAIN));
        assertFalse(report.isAsDeclared());
    }

    @Test
    void neverCallsALostNodeHealthyForPrograms() {
        String json = Json.write(report(List.of(node(2, LOST, web())), said(2, CONVERGED, healthyWeb()))
                .json());

        assertTrue(json.contains("\"state\" : \"lost\""), json);
        assertTrue(json.contains("\"health\" : \"lost\""), json);
        assertFalse(json.contains("healthy"), json);
    }

    @Test
    void takesAnAnswerToAnOlderRevisionForNoAnswer() {
        Share share = onlyShare(report(List.of(node(1, ALIVE, web())), saidOf(6, 1, CONVERGED, healthyWeb())));

        assertEquals(Condition.CONVERGING, share.condition());
    }

    @Test
    void showsAWithdrawnDeploymentUntilTheNodeHasFollowed() {
        NodeStatus withdrawn = node(1, ALIVE);

        assertEquals(
                Condition.WITHDRAWING,
                onlyShare(report(List.of(withdrawn), saidOf(6, 1, CONVERGED, healthyWeb())))
                        .condition());
        assertEquals(
                "Nothing is deployed. `harmony deploy <module>` begins.\n",
                report(List.of(withdrawn), said(1, CONVERGED)).text(Ink.PLAIN));
    }

    @Test
    void showsOneDeploymentOnly() {
        StatusReport all = report(List.of(node(1, ALIVE, web())), said(1, CONVERGED, healthyWeb()));

        assertEquals(all, all.only(Examples.WEBSITE));
        assertTrue(all.only(DeploymentName.of("another")).deployments().isEmpty());
        assertTrue(all.isAsDeclared());
    }

    private static StatusReport report(List<NodeStatus> nodes, NodeState... said) {
        return StatusReport.of(new Inventory(nodes), List.of(said));
    }

    private static Share onlyShare(StatusReport report) {
        return report.deployments().get(Examples.WEBSITE).getFirst();
    }
}
