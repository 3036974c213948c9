package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.Maintenance.Extent;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.NodeMaintenance.Result;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetView;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeMaintenanceTest {
    private static final NodeId SHED = NodeId.of("shed");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Fleet fleet = new Fleet(new InProcessHub().connect(), new JsonFleetCodec());
    private final NodeMaintenance alice = new NodeMaintenance(fleet, Author.of("alice@laptop"), () -> NOON);
    private final NodeMaintenance bob = new NodeMaintenance(fleet, Author.of("bob@desk"), () -> NOON.plusSeconds(60));

    @BeforeEach
    void registerANode() {
        fleet.ensureBuckets();
        fleet.nodeReports().register(Homes.node("shed", "shed").info());
        fleet.nodeReports().beat(SHED, "nobody");
    }

    private Optional<Maintenance> kept() {
        return fleet.inventory().nodes().getFirst().maintenance();
    }

    private static Optional<Maintenance> byAlice(Extent extent) {
        return Optional.of(new Maintenance(SHED, extent, NOON, Author.of("alice@laptop")));
    }

    @Test
    void whoComesFirstIsKept() throws InterruptedException {
        Result.Changed first = assertInstanceOf(Result.Changed.class, alice.cordon(SHED));
        Result.Unchanged second = assertInstanceOf(Result.Unchanged.class, bob.cordon(SHED));

        assertEquals(byAlice(Extent.CORDONED), kept());
        assertEquals(kept(), first.node().maintenance());
        assertEquals(kept(), second.node().maintenance());
    }

    @Test
    void aCordonedNodeCanBeDrainedAndADrainedOneStaysSo() throws InterruptedException {
        assertInstanceOf(Result.Changed.class, bob.cordon(SHED));
        assertInstanceOf(Result.Changed.class, alice.drain(SHED));
        assertInstanceOf(Result.Unchanged.class, bob.cordon(SHED));
        assertInstanceOf(Result.Unchanged.class, bob.drain(SHED));

        assertEquals(byAlice(Extent.DRAINED), kept());
    }

    @Test
    void uncordoningEndsBoth() throws InterruptedException {
        assertInstanceOf(Result.Changed.class, alice.drain(SHED));
        assertInstanceOf(Result.Changed.class, bob.uncordon(SHED));
        assertInstanceOf(Result.Unchanged.class, bob.uncordon(SHED));

        assertEquals(Optional.empty(), kept());
    }

    @Test
    void aNodeThatNobodyKnowsOrThatWasNeverHeardOfIsRefused() throws InterruptedException {
        NodeStatus silent = Homes.node("silent", "cellar");
        fleet.nodeReports().register(silent.info());

        assertEquals(
                "no node 'nowhere' ever registered",
                assertInstanceOf(Result.Failed.class, alice.uncordon(NodeId.of("nowhere")))
                        .why()
                        .what());
        assertTrue(
                assertInstanceOf(Result.Failed.class, alice.drain(silent.info().id()))
                        .why()
                        .what()
                        .startsWith("node 'silent' registered and was never seen since"));
    }

    @Test
    void whoWatchesAnyDeploymentIsTold() throws InterruptedException {
        AtomicInteger told = new AtomicInteger();
        try (FleetView view = fleet.view(System::nanoTime)) {
            assertTrue(view.awaitComplete(Duration.ofSeconds(30)), "the fleet is read");
            try (Subscription _ = view.onChange(Lab.WEBSITE, told::incrementAndGet)) {
                assertInstanceOf(Result.Changed.class, alice.drain(SHED));
                Eventually.holds("the maintenance is told", () -> told.get() == 1);
            }
        }
    }
}
