package io.nationtech.harmony.cli;

import static io.nationtech.harmony.cli.Examples.ALIVE;
import static io.nationtech.harmony.cli.Examples.LOST;
import static io.nationtech.harmony.cli.Examples.free;
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
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.ImageUpdates;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    private static final Convergence CONVERGED = new Convergence.Converged();
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

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
    void whatANodeRefusesIsShownAlsoWhereItCannotBeReadHere() {
        NodeStatus node = node(1, ALIVE, web());
        NodeStatus unread = new NodeStatus(node.info(), node.liveness(), node.hardware(), Map.of(), node.maintenance());
        Cause cause = new Cause("it is not signed", "mesh, key node-1.website", "look at it");

        StatusReport report = report(List.of(unread), said(1, new Convergence.Failed(cause), healthyWeb()));

        assertTrue(report.text(Ink.PLAIN).contains("✗ website on node-1: it is not signed"), report.text(Ink.PLAIN));
        assertFalse(report.isAsDeclared());
    }

    @Test
    void aDiskThatIsNearlyFullIsToldOnceForEachNode() {
        StatusReport report = report(
                List.of(free(2, node(1, ALIVE, web())), free(20, node(2, ALIVE, web())), node(3, ALIVE, web())),
                said(1, CONVERGED, healthyWeb()),
                said(2, CONVERGED, healthyWeb()),
                said(3, CONVERGED, healthyWeb()));

        String text = report.text(Ink.PLAIN);

        assertTrue(text.endsWith("""

                ! node 'node-1': the disk that containers are kept on is nearly full, 2 GiB of 60 GiB free
                  → on the node: podman system df -v, journalctl --disk-usage
                """), text);
        assertEquals(text.indexOf("nearly full"), text.lastIndexOf("nearly full"), text);
        String json = Json.write(report.json());
        assertTrue(json.contains("\"free\" : 2147483648"), json);
    }

    @Test
    void tellsPeopleForHowLongAndWhatIsWaitedForAndProgramsSinceWhen() {
        ResourceStatus pulling =
                ResourceStatus.of(web().id(), Phase.PENDING).detail("pulling image registry.internal/a:1");
        StatusReport report = report(
                List.of(node(1, ALIVE, web()), node(2, ALIVE, web())),
                said(1, new Convergence.Converging(), pulling).since(NOW.minus(Duration.ofMinutes(9))),
                said(2, CONVERGED, healthyWeb().since(NOW.minus(Duration.ofDays(3))))
                        .since(NOW.plus(Duration.ofSeconds(1))));

        assertEquals("""
                DEPLOYMENT  NODE    SITE  STATE                 RESOURCE       PHASE            HEALTH   PUBLISHED       LAST SEEN
                website     node-1  home  converging for 9 min  container web  pending          unknown  192.0.2.1:8080  3 s ago
                website     node-2  home  converged for 0 s     container web  running for 3 d  healthy  192.0.2.2:8080  3 s ago

                website on node-1, container web: pulling image registry.internal/a:1
                """, report.text(Ink.PLAIN));
        String json = Json.write(report.json());
        assertTrue(json.contains("\"since\" : \"2026-11-25T11:51:00Z\""), json);
        assertFalse(json.contains(" min"), json);
    }

    @Test
    void tellsOfWhatDoesNotRunAllTheTimeHowItEndedAlsoWhenAllIsWell() {
        ResourceStatus nightly = ResourceStatus.of(web().id(), Phase.READY)
                .detail("the last run ended with exit code 3 at 2026-11-25T01:30:09Z after 9 s");
        StatusReport report = report(List.of(node(1, ALIVE, web())), said(1, CONVERGED, nightly));

        assertTrue(
                report.text(Ink.PLAIN)
                        .endsWith("website on node-1, container web: the last run ended with exit code 3 at"
                                + " 2026-11-25T01:30:09Z after 9 s\n"),
                report.text(Ink.PLAIN));
        ResourceStatus lively = ResourceStatus.of(web().id(), Phase.RUNNING).detail("last ended with exit code 1");
        assertFalse(report(List.of(node(1, ALIVE, web())), said(1, CONVERGED, lively))
                .text(Ink.PLAIN)
                .contains("exit code"));
    }

    @Test
    void tellsWhatAServiceFollowsAlsoWhenAllIsWell() {
        Container following = web().with(Container.Pull.DEFAULT.with(ImageUpdates.daily()));
        ResourceStatus exchanged =
                healthyWeb().detail("follows registry.internal/website:1: from sha256:1 to sha256:2");
        StatusReport report = report(List.of(node(1, ALIVE, following)), said(1, CONVERGED, exchanged));

        assertTrue(
                report.text(Ink.PLAIN)
                        .endsWith(
                                "website on node-1, container web: follows registry.internal/website:1: from sha256:1 to sha256:2\n"),
                report.text(Ink.PLAIN));
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
        return StatusReport.of(new Inventory(nodes), List.of(said), NOW);
    }

    private static Share onlyShare(StatusReport report) {
        return report.deployments().get(Examples.WEBSITE).getFirst();
    }
}
