package io.nationtech.harmony.cli;

import static io.nationtech.harmony.cli.Examples.WEBSITE;
import static io.nationtech.harmony.cli.Examples.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.engine.NodeChange;
import io.nationtech.harmony.engine.NodeSpec;
import io.nationtech.harmony.engine.ResourceChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanReportTest {

    @Test
    void showsWhatAppearsGoesOnAndDisappearsNodeByNode() {
        PlanReport report = report(
                change(Examples.fresh(1), none(), share(web())),
                change(
                        Examples.node(2, Examples.ALIVE, web()),
                        share(web()),
                        share(web("registry.internal/website:2"))),
                change(Examples.node(3, Examples.LOST, web()), share(web()), none()));

        assertEquals("""
                Deployment website

                  node node-1  site home, 192.0.2.1
                    + container web
                        image                  registry.internal/website:1
                        resources.memoryLimit  64 MiB
                        resources.reserved     10 mCPU, 64 MiB
                        network.ports          8080
                        healthCheck.probe      GET :8080/ every 10 s, answer within 2 s

                  node node-2  site home, 192.0.2.2
                    ~ container web
                        image  registry.internal/website:1 → registry.internal/website:2

                  node node-3  site home, 192.0.2.3  lost: will follow when it returns
                    - container web

                1 to create, 1 to update, 1 to delete, on 3 nodes
                """, report.text(Ink.PLAIN));
    }

    @Test
    void showsWhichServicesGoTogetherAndThroughWhich() {
        PrivateService web = service("web").publishesNothing().withoutProbe().memoryLimit(Memory.mebibytes(64));
        List<NodeResource> group = assertInstanceOf(
                        Expansion.Runs.class,
                        Together.of(
                                        ServiceName.of("app"),
                                        web,
                                        service("db")
                                                .publishesNothing()
                                                .withoutProbe()
                                                .memoryLimit(Memory.mebibytes(512))
                                                .through(web))
                                .expand(WEBSITE, new Inventory(List.of())))
                .tasks()
                .getFirst()
                .resources();
        String text =
                report(change(Examples.fresh(1), none(), new NodeSpec(group))).text(Ink.PLAIN);

        assertEquals("""
                Deployment website

                  node node-1  site home, 192.0.2.1
                    + container web
                        image                  registry.internal/web:1
                        resources.memoryLimit  64 MiB
                        resources.reserved     10 mCPU, 64 MiB
                        network.shared         app (web, db through web)
                    + container db
                        image                  registry.internal/db:1
                        resources.memoryLimit  512 MiB
                        resources.reserved     10 mCPU, 512 MiB
                        network.shared         app (web, db through web)
                        network.through        web

                2 to create, 0 to update, 0 to delete, on 1 node
                """, text);
    }

    private static ContainerService.WithImage service(String name) {
        return ContainerService.named(ServiceName.of(name))
                .image(ImageReference.of("registry.internal/%s:1".formatted(name)));
    }

    @Test
    void saysSoWhenThereIsNothingToChange() {
        assertEquals("Nothing to change: deployment website is as declared.\n", report().text(Ink.PLAIN));
    }

    @Test
    void hasColourOnlyWhereItMay() {
        PlanReport report = report(change(Examples.fresh(1), none(), share(web())));

        assertTrue(report.text(Ink.COLOUR).contains("\u001b[32m    + container web"));
        assertFalse(report.text(Ink.PLAIN).contains("\u001b"));
    }

    @Test
    void saysFromWhatARenamedServiceGoesOn() {
        NodeResource before = web();
        NodeResource after = Examples.web("registry.internal/website:1").named(ResourceName.of("site"));
        PlanReport report = report(new NodeChange(
                Examples.node(2, Examples.ALIVE, before),
                share(before),
                share(after),
                List.of(new ResourceChange.Rename(before, after))));

        String text = report.text(Ink.PLAIN);

        assertTrue(text.contains("""
                    ~ container site
                        renamed  from container web: ends, and begins again under this name
                """), text);
        assertTrue(text.endsWith("0 to create, 0 to update, 1 to rename, 0 to delete, on 1 node\n"), text);
        assertTrue(Json.write(report.json()).contains("\"action\" : \"rename\""), text);
    }

    @Test
    void tellsProgramsBothSidesOfAnUpdate() {
        String json = Json.write(report(change(
                        Examples.node(2, Examples.ALIVE, web()),
                        share(web()),
                        share(web("registry.internal/website:2"))))
                .json());

        assertTrue(json.contains("\"action\" : \"update\""), json);
        assertTrue(json.contains("\"image\" : \"registry.internal/website:1\""), json);
        assertTrue(json.contains("\"image\" : \"registry.internal/website:2\""), json);
    }

    private static PlanReport report(NodeChange... changes) {
        return new PlanReport(WEBSITE, List.of(changes));
    }

    private static NodeChange change(NodeStatus node, NodeSpec from, NodeSpec to) {
        return new NodeChange(node, from, to);
    }

    private static NodeSpec share(NodeResource... resources) {
        return new NodeSpec(List.of(resources));
    }

    private static NodeSpec none() {
        return NodeSpec.NOTHING;
    }
}
