package io.nationtech.harmony.fleet.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetFault;
import io.nationtech.harmony.fleet.FleetSnapshot;
import io.nationtech.harmony.fleet.FleetView;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A view shows what a reading does, whatever is written and however often its connection is cut. */
class FleetViewTest {
    private static final JsonFleetCodec CODEC = new JsonFleetCodec();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final List<DeploymentName> DEPLOYMENTS = List.of(WEBSITE, DeploymentName.of("shop"));
    private static final List<String> BUCKETS = List.of("node-info", "node-hardware", "desired-state", "node-state");
    private static final int NODES = 5;

    private volatile Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final AtomicLong nanos = new AtomicLong();
    private final InProcessHub hub = new InProcessHub(() -> now);
    private final InProcessMesh own = hub.connect();
    private final InProcessMesh others = hub.connect();
    private final Fleet fleet = new Fleet(others, CODEC);

    @BeforeEach
    void makeBuckets() {
        fleet.ensureBuckets();
    }

    private FleetView view() {
        return new Fleet(own, CODEC).view(nanos::get);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void itEqualsAReadingAfterAnySeriesOfWrites(long seed) throws InterruptedException {
        Writes writes = new Writes(new SplittableRandom(seed));
        writes.some(20);
        try (FleetView view = view()) {
            for (int round = 0; round < 15; round++) {
                boolean cut = writes.random.nextInt(3) == 0;
                if (cut) {
                    own.cut();
                }
                writes.some(1 + writes.random.nextInt(12));
                if (cut) {
                    own.restore();
                }
                awaitEqual(view, "seed %d, round %d".formatted(seed, round));
            }
        }
    }

    private void awaitEqual(FleetView view, String when) throws InterruptedException {
        for (DeploymentName deployment : DEPLOYMENTS) {
            Eventually.holds("the view equals a reading (%s)".formatted(when), () -> isEqual(view, deployment));
        }
    }

    private boolean isEqual(FleetView view, DeploymentName deployment) {
        nanos.addAndGet(Liveness.LOOKING_PERIOD.toNanos());
        try {
            FleetSnapshot seen = view.of(deployment, PATIENCE);
            return seen.inventory().equals(fleet.inventory())
                    && seen.states()
                            .equals(fleet.nodeReports().states(deployment).stream()
                                    .sorted(Comparator.comparing(NodeState::node))
                                    .toList());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Anything that anybody may do to the fleet's buckets. */
    private final class Writes {
        private final RandomGenerator random;

        Writes(RandomGenerator random) {
            this.random = random;
        }

        void some(int count) {
            for (int i = 0; i < count; i++) {
                one();
            }
        }

        private void one() {
            NodeId node = NodeId.of("n" + random.nextInt(NODES));
            DeploymentName deployment = DEPLOYMENTS.get(random.nextInt(DEPLOYMENTS.size()));
            switch (random.nextInt(11)) {
                case 0, 1 -> fleet.nodeReports().register(info(node, 1 + random.nextInt(3)));
                case 2 -> fleet.nodeReports().report(hardware(node, 1 + random.nextInt(3)));
                case 3, 4 -> tell(node, deployment);
                case 5 ->
                    fleet.nodeReports()
                            .report(new NodeState(
                                            node, deployment, random.nextInt(9), new Convergence.Converged(), List.of())
                                    .since(Instant.ofEpochSecond(random.nextInt(1_000))));
                case 6 ->
                    fleet.desiredStates()
                            .begin(new Maintenance(node, Maintenance.Extent.DRAINED, now, Author.of("alice")));
                case 7 -> fleet.desiredStates().endMaintenance(node);
                case 8 -> fleet.forget(node, deployment);
                case 9 -> foreign(node, deployment);
                default -> {
                    fleet.nodeReports().beat(node, "nobody");
                    now = now.plusSeconds(random.nextInt(10));
                }
            }
        }

        private void tell(NodeId node, DeploymentName deployment) {
            List<NodeResource> resources = random.nextBoolean() ? List.of() : List.of(container(random.nextInt(3)));
            fleet.desiredStates()
                    .tell(
                            new DesiredState(node, deployment, resources),
                            fleet.desiredStates().of(node, deployment).map(update -> update.revision()));
        }

        private void foreign(NodeId node, DeploymentName deployment) {
            String bucket = BUCKETS.get(random.nextInt(BUCKETS.size()));
            Key key = switch (random.nextInt(4)) {
                case 0 -> Key.of(node.value());
                case 1 -> Key.of(node.value(), deployment.value());
                case 2 -> Key.of(node.value(), "node", "maintenance");
                default -> Key.of("UP_per", "Not-A-Name", "x");
            };
            Payload payload = switch (random.nextInt(3)) {
                case 0 -> Payload.of("garbage");
                case 1 -> CODEC.encode(info(NodeId.of("another"), 1));
                default -> CODEC.encode(DesiredState.withdrawn(NodeId.of("another"), deployment));
            };
            if (random.nextInt(3) == 0) {
                others.bucket(new BucketName(bucket)).delete(key);
            } else {
                others.bucket(new BucketName(bucket)).put(key, payload);
            }
        }
    }

    @Test
    void whatCannotBeReadIsNamedUntilItIsMended() throws InterruptedException {
        fleet.nodeReports().register(info(NodeId.of("n1"), 1));
        others.bucket(new BucketName("node-info")).put(Key.of("n2"), Payload.of("garbage"));
        Key maintenance = Key.of("n1", "node", "maintenance");
        others.bucket(new BucketName("desired-state")).put(Key.of("n1", "website"), Payload.of("garbage"));
        others.bucket(new BucketName("desired-state")).put(maintenance, Payload.of("garbage"));
        try (FleetView view = view()) {
            assertEquals(1, view.of(WEBSITE, PATIENCE).inventory().nodes().size());
            assertEquals(
                    List.of("desired-state n1.node.maintenance", "desired-state n1.website", "node-info n2"),
                    view.faults().stream()
                            .map(fault -> fault.bucket() + " " + fault.key())
                            .toList());

            fleet.nodeReports().register(info(NodeId.of("n2"), 1));
            others.bucket(new BucketName("desired-state")).delete(Key.of("n1", "website"));
            fleet.desiredStates().endMaintenance(NodeId.of("n1"));
            Eventually.holds("it is mended", () -> view.faults().isEmpty());
            awaitEqual(view, "mended");
        }
    }

    /** Whoever tells it something on a condition would be refused otherwise. */
    @Test
    void whatANodeWasToldLastIsKnownThoughItRegistersLater() throws InterruptedException {
        NodeId n1 = NodeId.of("n1");
        try (FleetView view = view()) {
            assertTrue(view.awaitComplete(PATIENCE));
            AtomicInteger told = new AtomicInteger();
            try (Subscription _ = view.onChange(WEBSITE, told::incrementAndGet)) {
                fleet.desiredStates().tell(DesiredState.withdrawn(n1, WEBSITE), Optional.empty());
                Eventually.holds("it is in the view", () -> told.get() == 1);
                fleet.nodeReports().register(info(n1, 1));
                Eventually.holds("the node is in the view", () -> told.get() == 2);
            }

            assertEquals(
                    fleet.reading().nodes(),
                    view.of(WEBSITE, PATIENCE).reading().nodes());
        }
    }

    @Test
    void noMoreThanSoManyFaultsAreKept() throws InterruptedException {
        for (int i = 0; i < 1_500; i++) {
            others.bucket(new BucketName("node-info")).put(Key.of("n" + i), Payload.of("garbage"));
        }
        try (FleetView view = view()) {
            assertEquals(0, view.of(WEBSITE, PATIENCE).inventory().nodes().size());
            List<FleetFault> faults = view.faults();
            assertEquals(1_000, faults.size());
        }
    }

    @Test
    void itIsNotCompleteWhileItsConnectionIsAway() throws InterruptedException {
        try (FleetView view = view()) {
            assertTrue(view.awaitComplete(PATIENCE));
            assertEquals(Optional.of(now), view.completeAsOf());

            own.cut();
            assertEquals(Optional.empty(), view.completeAsOf());
            assertThrows(MeshUnavailableException.class, () -> view.of(WEBSITE, PATIENCE));

            now = now.plusSeconds(60);
            own.restore();
            assertTrue(view.awaitComplete(PATIENCE));
            assertEquals(Optional.of(now), view.completeAsOf());
        }
    }

    @Test
    void itTellsWhatConcernsADeploymentAndNothingElse() throws InterruptedException {
        NodeId n1 = NodeId.of("n1");
        fleet.nodeReports().register(info(n1, 1));
        try (FleetView view = view()) {
            assertTrue(view.awaitComplete(PATIENCE));
            AtomicInteger told = new AtomicInteger();
            AtomicInteger toldOfShop = new AtomicInteger();
            try (Subscription _ = view.onChange(WEBSITE, told::incrementAndGet);
                    Subscription _ = view.onChange(DEPLOYMENTS.getLast(), toldOfShop::incrementAndGet)) {
                fleet.desiredStates().tell(DesiredState.withdrawn(n1, WEBSITE), Optional.empty());
                Eventually.holds("its deployment's word is told", () -> told.get() == 1);
                assertEquals(0, toldOfShop.get());
                fleet.nodeReports().register(info(n1, 2));
                Eventually.holds("a node's word is told to all", () -> told.get() == 2 && toldOfShop.get() == 1);
            }
        }
    }

    @Test
    void equalPartsAreKeptOnce() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            NodeId node = NodeId.of("n" + i);
            fleet.nodeReports().register(info(node, 1));
            fleet.nodeReports().report(hardware(node, 1));
            fleet.desiredStates().tell(new DesiredState(node, WEBSITE, List.of(container(1))), Optional.empty());
        }
        try (FleetView view = view()) {
            var nodes = view.of(WEBSITE, PATIENCE).inventory().nodes();
            assertTrue(nodes.getFirst().hardware().orElseThrow().hardware()
                    == nodes.getLast().hardware().orElseThrow().hardware());
            assertTrue(resource(nodes.getFirst().desired().get(WEBSITE))
                    == resource(nodes.getLast().desired().get(WEBSITE)));
        }
    }

    private static Object resource(Versioned<DesiredState> told) {
        return told.value().resources().getFirst();
    }

    /** Watches end their threads by themselves; one that went on would hear this. */
    @Test
    void aClosedViewKeepsNothingMore() throws InterruptedException {
        FleetView closed = view();
        assertTrue(closed.awaitComplete(PATIENCE));
        closed.close();
        others.bucket(new BucketName("node-info")).put(Key.of("n2"), Payload.of("garbage"));
        try (FleetView open = view()) {
            Eventually.holds("others see it", () -> !open.faults().isEmpty());
        }
        assertEquals(List.of(), closed.faults());
    }

    private static Container container(int version) {
        return Container.of(
                ContainerName.of("web"), ImageReference.of("registry.example/web:" + version), Memory.mebibytes(64));
    }

    private static HardwareReport hardware(NodeId node, int gibibytes) {
        return new HardwareReport(
                node,
                Generation.first(),
                new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                Hardware.least(InstructionSet.X86_64_V3, 4, Memory.gibibytes(gibibytes)),
                List.of());
    }

    private static NodeInfo info(NodeId id, int cpus) {
        return new NodeInfo(
                id,
                new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                IpAddress.of("192.0.2.7"),
                new NodeInfo.Machine(Architecture.AMD64, cpus, Memory.gibibytes(8), "Debian"),
                NodeInfo.Agent.of("0.1.0", Set.of()));
    }
}
