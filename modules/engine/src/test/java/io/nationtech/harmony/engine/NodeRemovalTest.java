package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.engine.NodeRemoval.Result;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.graph.Consent;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeRemovalTest {
    private static final NodeId SHED = NodeId.of("shed");
    private static final NodeInfo INFO = Homes.node("shed", "shed").info();
    private static final DeploymentName WIKI = DeploymentName.of("wiki");
    private static final Consent NOTHING = new Consent.Nothing();

    private volatile Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final InProcessMesh mesh = new InProcessHub(() -> now).connect();
    private final Fleet fleet = new Fleet(mesh, new JsonFleetCodec());

    /** What a server can compare. */
    enum Server {
        MANY_KEYS(mesh -> mesh),
        ONE_KEY(WithoutConditions::new);

        private final UnaryOperator<Mesh> seen;

        Server(UnaryOperator<Mesh> seen) {
            this.seen = seen;
        }
    }

    private void begin() {
        fleet.ensureBuckets();
        comesUp();
        fleet.nodeReports()
                .report(new HardwareReport(
                        SHED,
                        Generation.first(),
                        INFO.location(),
                        Hardware.least(InstructionSet.X86_64_V3, 4, Memory.gibibytes(8)),
                        List.of()));
        tell(Lab.WEBSITE, web());
        tell(WIKI, web());
        now = now.plus(Duration.ofMinutes(1));
    }

    private void comesUp() {
        fleet.nodeReports().beat(SHED, "nobody");
        fleet.nodeReports().register(INFO);
    }

    private static Container web() {
        return Container.of(ContainerName.of("web"), Lab.image("web:1"), Memory.mebibytes(64));
    }

    private void tell(DeploymentName deployment, Container container) {
        fleet.desiredStates()
                .tell(
                        new DesiredState(SHED, deployment, List.of(container)),
                        fleet.desiredStates().of(SHED, deployment).map(told -> told.revision()));
        fleet.nodeReports()
                .report(new NodeState(SHED, deployment, 1, new Convergence.Converged(), List.of())
                        .at(INFO.address())
                        .serving(List.of(new ServedPort(ServiceName.of("web"), Port.of(80), Port.of(8080)))));
    }

    private static Result forget(Mesh through) throws InterruptedException {
        return forget(through, NOTHING);
    }

    private static Result forget(Mesh through, Consent consent) throws InterruptedException {
        return new NodeRemoval(new Fleet(through, new JsonFleetCodec()), Author.of("alice@laptop"))
                .forget(SHED, consent);
    }

    /** What is kept of the node, but for the word that it is to have nothing. */
    private List<String> left() {
        return List.of("node-info", "node-hardware", "node-heartbeat", "node-state", "endpoints", "sealed-secrets")
                .stream()
                .flatMap(bucket -> mesh.bucket(new BucketName(bucket)).entries(KeyPattern.all()).entries().stream()
                        .map(entry -> bucket + " " + entry.key()))
                .toList();
    }

    private void assertToldNothing() {
        assertTrue(
                fleet.desiredStates().of(SHED).values().stream()
                        .allMatch(told -> told.resources().isEmpty()),
                "it is told nothing");
    }

    @ParameterizedTest
    @EnumSource
    void whereverItIsInterruptedItGoesOnWhenDoneAgain(Server server) throws InterruptedException {
        boolean isInterrupted = true;
        for (int writes = 0; isInterrupted; writes++) {
            begin();
            AtomicInteger left = new AtomicInteger(writes);
            isInterrupted = isInterrupted(server.seen.apply(WatchedWrites.of(mesh, (bucket, _) -> {
                if (!bucket.toString().equals("leases") && left.getAndDecrement() == 0) {
                    throw new MeshUnavailableException(new Cause("the mesh is away", "here", "try again"));
                }
            })));
            Result again = forget(server.seen.apply(mesh));

            assertEquals(List.of(), left(), "after %d writes".formatted(writes));
            assertToldNothing();
            assertTrue(
                    isInterrupted == again instanceof Result.Forgotten, "after %d writes: %s".formatted(writes, again));
        }
    }

    private static boolean isInterrupted(Mesh failing) throws InterruptedException {
        try {
            assertInstanceOf(Result.Forgotten.class, forget(failing));
            return false;
        } catch (MeshUnavailableException e) {
            return true;
        }
    }

    @Test
    void aNodeThatComesBackMeanwhileIsListedWithItsHardwareAndHasNothingToRun() throws InterruptedException {
        begin();
        AtomicBoolean isBack = new AtomicBoolean();

        Result result = forget(WatchedWrites.of(mesh, (bucket, _) -> {
            if (bucket.toString().equals("node-info") && !isBack.getAndSet(true)) {
                comesUp();
            }
        }));

        assertInstanceOf(Result.CameBack.class, result);
        assertEquals(INFO, fleet.inventory().nodes().getFirst().info());
        assertTrue(fleet.inventory().nodes().getFirst().isAlive());
        assertTrue(fleet.inventory().nodes().getFirst().hardware().isPresent());
        assertToldNothing();
    }

    @Test
    void whatItIsToldMeanwhileIsHeededAndItsDataAreNotLostUnasked() throws InterruptedException {
        begin();
        AtomicBoolean isTold = new AtomicBoolean();
        Container keeping = web().with(
                        new Container.Storage(List.of(Volume.of(DataName.of("pages"), MountPath.of("/var/lib/wiki")))));

        Result result = forget(WatchedWrites.of(mesh, (bucket, _) -> {
            if (bucket.toString().equals("desired-state") && !isTold.getAndSet(true)) {
                tell(WIKI, keeping);
            }
        }));

        List<Cause> causes = assertInstanceOf(Result.Refused.class, result).causes();
        assertEquals(1, causes.size(), causes::toString);
        assertEquals(
                "volume pages holds data of container web, and is on the disk of this node alone",
                causes.getFirst().what());
        assertEquals(INFO, fleet.inventory().nodes().getFirst().info());
    }

    @Test
    void twoWhoForgetItAtOnceDoNotMeet() throws Exception {
        begin();
        Callable<Result> one = () -> forget(mesh);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Result> done : threads.invokeAll(List.of(one, one))) {
                switch (done.get()) {
                    case Result.Forgotten _ -> {}
                    case Result.Refused(List<Cause> causes) ->
                        assertEquals(
                                "no node 'shed' ever registered",
                                causes.getFirst().what());
                    case Result.CameBack() -> throw new AssertionError("it did not");
                }
            }
        }
        assertEquals(List.of(), left());
        assertToldNothing();
    }
}
