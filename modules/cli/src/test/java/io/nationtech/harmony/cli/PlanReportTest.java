package io.nationtech.harmony.cli;

import static io.nationtech.harmony.cli.Examples.WEBSITE;
import static io.nationtech.harmony.cli.Examples.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.NodeChange;
import io.nationtech.harmony.domain.Plan;
import io.nationtech.harmony.domain.ResourceChange;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanReportTest {

    @Test
    void showsWhatAppearsGoesOnAndDisappearsNodeByNode() {
        Plan plan = new Plan(
                WEBSITE,
                List.of(
                        change(Examples.fresh(1), new ResourceChange.Create(web())),
                        change(
                                Examples.node(2, Examples.ALIVE, web()),
                                new ResourceChange.Update(web(), web("registry.internal/website:2"))),
                        change(Examples.node(3, Examples.LOST, web()), new ResourceChange.Delete(web()))));

        assertEquals("""
                Deployment website

                  node node-1  site home, 192.0.2.1
                    + container web
                        image   registry.internal/website:1
                        ports   8080
                        probe   GET :8080/ every 10 s, answer within 2 s
                        memory  up to 64 MiB

                  node node-2  site home, 192.0.2.2
                    ~ container web
                        image   registry.internal/website:1 → registry.internal/website:2

                  node node-3  site home, 192.0.2.3  lost: will follow when it returns
                    - container web
                        image   registry.internal/website:1

                1 to create, 1 to update, 1 to delete, on 3 nodes
                """, new PlanReport(plan).text(Ink.PLAIN));
    }

    @Test
    void saysSoWhenThereIsNothingToChange() {
        assertEquals(
                "Nothing to change: deployment website is as declared.\n",
                new PlanReport(new Plan(WEBSITE, List.of())).text(Ink.PLAIN));
    }

    @Test
    void hasColourOnlyWhereItMay() {
        PlanReport report =
                new PlanReport(new Plan(WEBSITE, List.of(change(Examples.fresh(1), new ResourceChange.Create(web())))));

        assertTrue(report.text(Ink.COLOUR).contains("\u001b[32m    + container web"));
        assertFalse(report.text(Ink.PLAIN).contains("\u001b"));
    }

    @Test
    void tellsProgramsBothSidesOfAnUpdate() {
        ResourceChange update = new ResourceChange.Update(web(), web("registry.internal/website:2"));
        String json = Json.write(new PlanReport(new Plan(
                        WEBSITE, List.of(change(Examples.node(2, Examples.ALIVE, web()), update))))
                .json());

        assertTrue(json.contains("\"action\" : \"update\""), json);
        assertTrue(json.contains("\"image\" : \"registry.internal/website:1\""), json);
        assertTrue(json.contains("\"image\" : \"registry.internal/website:2\""), json);
    }

    private static NodeChange change(NodeStatus node, ResourceChange change) {
        List<NodeResource> wanted = switch (change) {
            case ResourceChange.Create(NodeResource made) -> List.of(made);
            case ResourceChange.Update(NodeResource _, NodeResource to) -> List.of(to);
            case ResourceChange.Delete _ -> List.of();
        };
        return new NodeChange(node, new DesiredState(node.info().id(), WEBSITE, wanted), List.of(change));
    }
}
