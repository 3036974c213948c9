package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is on every node of its topology. */
class EveryNodeTest {
    @TempDir
    private Path folder;

    private static Deployment<?> everywhere(Lab lab) {
        ContainerService web = Lab.service("web", 1, 1, lab.port);
        return Deployment.named(Lab.WEBSITE)
                .on(Lab.home())
                .runs(web.onEveryNode())
                .provenBy(Lab.smoke(web, "Welcome to version 1"));
    }

    private static List<NodeId> nodes(List<Placement> placements) {
        return placements.stream().map(Placement::node).sorted().toList();
    }

    private static List<NodeId> changed(FleetPlan plan) {
        return plan.changes().stream().map(change -> change.node().info().id()).toList();
    }

    @Test
    void aNodeThatJoinsLaterGetsItByTheNextDeploy() throws IOException {
        try (Lab lab = new Lab(folder).with("a", "b")) {
            assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(everywhere(lab)));
            lab.with("c");

            FleetPlan plan = lab.plan(everywhere(lab));

            assertEquals(List.of(NodeId.of("c")), changed(plan));
            assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(everywhere(lab)));
            assertEquals(List.of(), changed(lab.plan(everywhere(lab))));
            assertEquals(
                    List.of(NodeId.of("a"), NodeId.of("b"), NodeId.of("c")),
                    nodes(lab.plan(everywhere(lab)).placements()));
        }
    }

    @Test
    void aLostNodeKeepsItsCopyAndNoOtherNodeGetsASecondOne() throws IOException {
        try (Lab lab = new Lab(folder).with("a", "b", "c")) {
            assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(everywhere(lab)));
            lab.lose("b");

            FleetPlan plan = lab.plan(everywhere(lab));

            assertEquals(List.of(), changed(plan));
            assertEquals(1, plan.pending().size(), () -> plan.pending().toString());
        }
    }

    @Test
    void aNodeThatSomebodyWorksOnGetsItOnceTheyAreDone() throws Exception {
        try (Lab lab = new Lab(folder).with("a", "b")) {
            NodeMaintenance maintenance = new NodeMaintenance(lab.fleet, Lab.ALICE, InstantSource.system());
            maintenance.cordon(NodeId.of("b"));

            assertEquals(List.of(NodeId.of("a")), changed(lab.plan(everywhere(lab))));
            maintenance.uncordon(NodeId.of("b"));
            assertEquals(List.of(NodeId.of("a"), NodeId.of("b")), changed(lab.plan(everywhere(lab))));
        }
    }
}
