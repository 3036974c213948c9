package io.nationtech.harmony.fleet.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.Machine;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.OperatingSystem;
import io.nationtech.harmony.domain.hardware.OsVersion;
import io.nationtech.harmony.domain.hardware.Platform;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.Processor;
import io.nationtech.harmony.domain.hardware.SecureBoot;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.hardware.Virtualisation;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.ExecReply;
import io.nationtech.harmony.fleet.ExecRequest;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.fleet.NodeReports;
import io.nationtech.harmony.fleet.Octets;
import io.nationtech.harmony.fleet.Reported;
import io.nationtech.harmony.fleet.RequestSource;
import io.nationtech.harmony.fleet.ResetRequest;
import io.nationtech.harmony.fleet.RestartReply;
import io.nationtech.harmony.fleet.RestartRequest;
import io.nationtech.harmony.fleet.UpgradeRequest;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.CapturedLog;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The typed view of the mesh, with its real form. */
class FleetTest {
    private static final NodeId N1 = NodeId.of("n1");
    private static final NodeId N2 = NodeId.of("n2");
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final JsonFleetCodec CODEC = new JsonFleetCodec();

    private static final Hardware HARDWARE = new Hardware(
            new Processor(
                    InstructionSet.ARMV8_0, ModelName.cleaned("Arm Cortex-A72"), Set.of(), new CpuTopology(1, 4, 4)),
            Memory.gibibytes(8),
            List.of(new TpmChip(DevicePath.of("tpm0"), TpmChip.Version.V2_0)),
            List.of(),
            new PowerSource.Unknown(),
            UplinkClass.UNKNOWN,
            new Platform(
                    ModelName.cleaned("board"),
                    Machine.BARE_METAL,
                    Virtualisation.OFFERED,
                    SecureBoot.UNSUPPORTED,
                    new OperatingSystem("debian", OsVersion.of("13"), OsVersion.of("6.12"))),
            Optional.empty());

    private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final InProcessHub hub = new InProcessHub(() -> now);
    private final InProcessMesh mesh = hub.connect();
    private final Fleet fleet = new Fleet(mesh, CODEC);

    @BeforeEach
    void makeBuckets() {
        fleet.ensureBuckets();
    }

    @Test
    void withoutBucketsTheCauseSaysWhatToStart() {
        Fleet elsewhere = new Fleet(new InProcessHub().connect(), CODEC);

        String message = assertThrows(MeshUnavailableException.class, elsewhere::inventory)
                .getMessage();

        assertTrue(message.contains("there is no bucket"), message);
    }

    @Test
    void whatCannotBeReadIsToldInOneLineWithItsNumberAndTheFirstThree() {
        Bucket bucket = mesh.bucket(new BucketName("node-info"));
        for (int i = 0; i < 1_000; i++) {
            bucket.put(Key.of("n" + i), Payload.of("garbage"));
        }
        try (CapturedLog log = CapturedLog.of("io.nationtech.harmony.fleet")) {
            fleet.inventory();

            assertEquals(1, log.warnings().size(), log.warnings()::toString);
            String line = log.warnings().getFirst();
            assertTrue(line.contains("'node-info'"), line);
            assertTrue(line.contains("1000: 'n0' ("), line);
            assertTrue(line.endsWith(" and 997 more"), line);
        }
    }

    @Test
    void aNodeIsAliveWhileItIsConnectedAndForTwentySecondsMoreByTheMeshsOwnClock() {
        InProcessMesh node = hub.connect();
        fleet.nodeReports().register(info(N1));
        assertEquals(List.of(new Liveness.NeverSeen()), liveness());

        fleet.nodeReports().beat(N1, node.ownName());
        pass(Duration.ofDays(30));
        assertEquals(List.of(new Liveness.Alive(Duration.ZERO)), liveness());

        node.cut();
        pass(Duration.ofSeconds(20));
        assertEquals(List.of(new Liveness.Alive(Duration.ofSeconds(20))), liveness());
        pass(Duration.ofMillis(1));
        assertEquals(List.of(new Liveness.Lost(Duration.ofMillis(20_001))), liveness());

        node.restore();
        assertEquals(List.of(new Liveness.Alive(Duration.ZERO)), liveness());
        node.cut();
        assertEquals(List.of(new Liveness.Alive(Duration.ZERO)), liveness());
        pass(Duration.ofSeconds(3));
        assertEquals(List.of(new Liveness.Alive(Duration.ofSeconds(3))), liveness());
    }

    @Test
    void nobodyElsesConnectionKeepsANodeAlive() {
        InProcessMesh node = hub.connect();
        fleet.nodeReports().register(info(N1));
        fleet.nodeReports().beat(N1, node.ownName());
        fleet.nodeReports().register(info(N2));
        fleet.nodeReports().beat(N2, mesh.ownName());

        node.close();
        pass(Duration.ofMinutes(1));

        assertEquals(List.of(new Liveness.Lost(Duration.ofMinutes(1)), new Liveness.Alive(Duration.ZERO)), liveness());
    }

    @Test
    void aMeshThatWasStartedAgainHoldsNobodyForLostThatMayJustBeComingBack() {
        InProcessMesh node = hub.connect();
        fleet.nodeReports().register(info(N1));
        fleet.nodeReports().beat(N1, node.ownName());
        pass(Duration.ofMinutes(4));
        node.close();
        hub.forgetDepartures();
        assertEquals(List.of(new Liveness.Alive(Duration.ZERO)), liveness());

        pass(Duration.ofSeconds(21));
        assertEquals(List.of(new Liveness.Lost(Duration.ofSeconds(21))), liveness(), "by whoever looks on");
        assertEquals(
                List.of(new Liveness.Lost(Duration.ofSeconds(21))),
                liveness(new Fleet(mesh, CODEC)),
                "by who looks for the first time, since when the mesh remembers");
    }

    @Test
    void whoMissedTheNextHeartbeatWasAwayBeforeThat() {
        InProcessMesh node = hub.connect();
        fleet.nodeReports().register(info(N1));
        fleet.nodeReports().beat(N1, node.ownName());
        node.close();
        pass(NodeReports.HEARTBEAT_PERIOD.plusHours(1));
        hub.forgetDepartures();

        assertEquals(List.of(new Liveness.Lost(Duration.ofHours(1))), liveness());
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aHeartbeatHasLessThan96Bytes() {
        fleet.nodeReports().beat(N1, "U" + "A".repeat(55));

        assertTrue(
                bucket("node-heartbeat").get(Key.of("n1")).orElseThrow().value().bytes().length < 96);
    }

    @Test
    void theInventoryKnowsWhatEachNodeIsTold() {
        fleet.nodeReports().register(info(N1));
        fleet.nodeReports().register(info(N2));
        DesiredState desired = DesiredState.withdrawn(N2, WEBSITE);
        long revision = assertInstanceOf(Written.At.class, fleet.desiredStates().tell(desired, Optional.empty()))
                .revision();

        Inventory inventory = fleet.inventory();

        assertTrue(inventory.nodes().get(0).desired().isEmpty());
        assertEquals(
                new Versioned<>(revision, desired),
                inventory.nodes().get(1).desired().get(WEBSITE));
    }

    @Test
    void aNodeIsToldOnlyByWhoKnowsWhatItIsToldNow() {
        DesiredState desired = DesiredState.withdrawn(N1, WEBSITE);
        long first = assertInstanceOf(Written.At.class, fleet.desiredStates().tell(desired, Optional.empty()))
                .revision();

        assertInstanceOf(Written.Conflict.class, fleet.desiredStates().tell(desired, Optional.empty()));
        assertInstanceOf(Written.At.class, fleet.desiredStates().tell(desired, Optional.of(first)));
        assertInstanceOf(Written.Conflict.class, fleet.desiredStates().tell(desired, Optional.of(first)));
    }

    @Test
    void whatCannotBeReadIsLeftOutOfLists() {
        fleet.nodeReports().register(info(N1));
        bucket("node-info").put(Key.of("n2"), Payload.of("{\"version\":2}"));
        bucket("node-state").put(Key.of("n1", "website"), Payload.of("rubbish"));

        assertEquals(1, fleet.inventory().nodes().size());
        assertTrue(fleet.nodeReports().states().isEmpty());
        assertTrue(fleet.nodeReports().state(N1, WEBSITE).isEmpty());
    }

    @Test
    void whatAnotherWroteInANodesNameIsLeftOut() {
        fleet.nodeReports().register(info(N1));
        bucket("node-info").put(Key.of("n2"), CODEC.encode(info(N1)));
        bucket("desired-state").put(Key.of("n2", "website"), CODEC.encode(DesiredState.withdrawn(N1, WEBSITE)));

        assertEquals(1, fleet.inventory().nodes().size());
        assertTrue(fleet.inventory().nodes().getFirst().desired().isEmpty());
    }

    @Test
    void aWatchingNodeIsToldWhatItShouldHaveReadableOrNot() {
        List<DesiredStateUpdate> heard = new CopyOnWriteArrayList<>();
        DesiredState desired = DesiredState.withdrawn(N1, WEBSITE);
        try (Subscription _ = fleet.desiredStates().watch(N1, heard::add)) {
            fleet.desiredStates().tell(desired, Optional.empty());
            Eventually.holds("the first telling arrives", () -> heard.size() == 1);
            bucket("desired-state").put(Key.of("n1", "website"), Payload.of("{\"version\":2}"));
            Eventually.holds("the second telling arrives", () -> heard.size() == 2);
        }

        assertEquals(new Decoded.Value<>(desired), heard.get(0).desired());
        assertEquals(WEBSITE, heard.get(1).deployment());
        assertInstanceOf(Decoded.Unreadable.class, heard.get(1).desired());
    }

    @Test
    void aKeyThatIsNotOursEndsNoWatch() {
        List<DesiredStateUpdate> heard = new CopyOnWriteArrayList<>();
        try (Subscription _ = fleet.desiredStates().watch(N1, heard::add)) {
            bucket("desired-state").put(Key.of("n1"), Payload.of("x"));
            bucket("desired-state").put(Key.of("n1", "Not_A_Label"), Payload.of("x"));
            bucket("desired-state").put(Key.of("n1", "a", "b"), Payload.of("x"));
            fleet.desiredStates().tell(DesiredState.withdrawn(N1, WEBSITE), Optional.empty());
            Eventually.holds("ours arrives", () -> !heard.isEmpty());
        }

        assertEquals(
                List.of(WEBSITE),
                heard.stream().map(DesiredStateUpdate::deployment).toList());
    }

    @Test
    void aStateThatBelongsToAnotherKeyIsNotTakenUp() {
        DesiredState others = DesiredState.withdrawn(N2, WEBSITE);
        bucket("desired-state").put(Key.of("n1", "website"), CODEC.encode(others));

        var cause = assertInstanceOf(
                        Decoded.Unreadable.class,
                        fleet.desiredStates().of(N1, WEBSITE).orElseThrow().desired())
                .cause();

        assertTrue(cause.what().contains("'n1.website'") && cause.what().contains("'n2.website'"), cause.what());
    }

    @Test
    void aDeletedKeyTellsNothing() {
        List<DesiredStateUpdate> heard = new CopyOnWriteArrayList<>();
        try (Subscription _ = fleet.desiredStates().watch(N1, heard::add)) {
            fleet.desiredStates().tell(DesiredState.withdrawn(N1, WEBSITE), Optional.empty());
            Eventually.holds("the first telling arrives", () -> heard.size() == 1);
            bucket("desired-state").delete(Key.of("n1", "website"));
            fleet.desiredStates().tell(DesiredState.withdrawn(N1, WEBSITE), Optional.empty());
            Eventually.holds("the next telling arrives", () -> heard.size() == 2);
        }
        assertTrue(heard.get(1).revision() > heard.get(0).revision());
    }

    @Test
    void whoFollowsADeploymentHearsHowFarItsNodesAre() {
        NodeState state = new NodeState(N1, WEBSITE, 7, new Convergence.Converged(), List.of());
        List<NodeState> heard = new CopyOnWriteArrayList<>();
        try (Subscription _ = fleet.nodeReports().watchStates(WEBSITE, heard::add)) {
            fleet.nodeReports()
                    .report(new NodeState(N1, DeploymentName.of("other"), 9, new Convergence.Converging(), List.of()));
            fleet.nodeReports().report(state);
            Eventually.holds("the state arrives", () -> !heard.isEmpty());
        }
        assertEquals(List.of(state), heard);
        assertEquals(Optional.of(state), fleet.nodeReports().state(N1, WEBSITE));
    }

    private static NodeState serving(NodeId node, int... ports) {
        return new NodeState(node, WEBSITE, 7, new Convergence.Converged(), List.of())
                .at(IpAddress.of("192.0.2.1"))
                .serving(IntStream.of(ports)
                        .mapToObj(port -> new ServedPort(ServiceName.of("web"), Port.of(80), Port.of(port)))
                        .toList());
    }

    @Test
    void whoUsesADeploymentHearsWhereAllItsNodesTakeConnections() {
        fleet.nodeReports().report(serving(N1, 8080));
        fleet.nodeReports().report(serving(N2, 8080));
        NodeEndpoints first = NodeEndpoints.of(serving(N1, 8080)).orElseThrow();
        NodeEndpoints other = NodeEndpoints.of(serving(N2, 8080)).orElseThrow();
        NodeEndpoints later = NodeEndpoints.of(serving(N1, 8081)).orElseThrow();
        Deque<List<NodeEndpoints>> heard = new ConcurrentLinkedDeque<>();
        try (Subscription _ = fleet.nodeReports().watchEndpoints(WEBSITE, heard::add)) {
            Eventually.holds("both", () -> List.of(first, other).equals(heard.peekLast()));
            assertEquals(List.of(first, other), heard.getFirst(), "nothing is told before all is known");
            fleet.nodeReports().report(serving(N1, 8081));
            Eventually.holds("the later", () -> List.of(later, other).equals(heard.peekLast()));
            fleet.forget(N2, WEBSITE);
            Eventually.holds("the one that is left", () -> List.of(later).equals(heard.peekLast()));
            fleet.nodeReports().report(serving(N1));
            Eventually.holds("nobody", () -> List.of().equals(heard.peekLast()));
        }
    }

    @Test
    void aNodeFindsWhatItIsToldByTheNamesThatAreKeptForIt() {
        DesiredState website = new DesiredState(N1, WEBSITE, List.of());
        DesiredState shop = new DesiredState(N1, DeploymentName.of("shop"), List.of());
        // As it was told before names were kept.
        bucket("desired-state").put(Key.of("n1", "website"), CODEC.encode(website));
        fleet.desiredStates().tell(shop, Optional.empty());
        assertEquals(Set.of("website", "shop"), toldToAnother(N1));

        fleet.forget(N1, WEBSITE);
        assertEquals(Set.of("shop"), toldToAnother(N1));
        assertEquals(
                "shop",
                bucket("node-deployments")
                        .get(Key.of("n1"))
                        .orElseThrow()
                        .value()
                        .text());
        assertEquals(Set.of(), toldToAnother(N2));
    }

    /** What a node reads that begins only now. */
    private Set<String> toldToAnother(NodeId node) {
        Set<String> told = ConcurrentHashMap.newKeySet();
        try (Subscription _ = fleet.desiredStates()
                .watch(node, update -> told.add(update.deployment().value()))) {
            // Told in the order of their keys, so that all others have been told before it.
            fleet.desiredStates().tell(new DesiredState(node, DeploymentName.of("zz"), List.of()), Optional.empty());
            Eventually.holds("the last", () -> told.contains("zz"));
        }
        fleet.forget(node, DeploymentName.of("zz"));
        told.remove("zz");
        return told;
    }

    @Test
    void twoWhoTellANodeAtOnceLoseNoName() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(number -> Thread.ofVirtual()
                        .start(() -> fleet.desiredStates()
                                .tell(
                                        new DesiredState(N1, DeploymentName.of("d" + number), List.of()),
                                        Optional.empty())))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(IntStream.range(0, 8).mapToObj("d%d"::formatted).collect(Collectors.toSet()), toldToAnother(N1));
    }

    @Test
    void commandsAreAnsweredByWhoListens() {
        LogsReply reply = new LogsReply.Lines(List.of(new LogsReply.Line(ResourceName.of("web"), "hello")));
        assertFalse(fleet.commands().ping(N1));

        try (Subscription _ = fleet.commands().answerPings(N1);
                Subscription _ = fleet.commands().answerRequests(N1, answering(reply), System::nanoTime)) {
            assertTrue(fleet.commands().ping(N1));
            assertEquals(reply, fleet.commands().logs(N1, new LogsRequest(WEBSITE, 10)));
        }

        LogsReply.Refused refused =
                assertInstanceOf(LogsReply.Refused.class, fleet.commands().logs(N1, new LogsRequest(WEBSITE, 10)));
        assertEquals("the agent of node 'n1' does not listen", refused.cause().what());
        assertTrue(refused.cause().next().contains("systemctl status harmony"));
    }

    /** A node that has nothing to tell but that. */
    private static RequestSource answering(LogsReply reply) {
        return new RequestSource() {
            @Override
            public Optional<Instant> followed(Optional<DeploymentName> deployment) {
                return Optional.empty();
            }

            @Override
            public LogsReply logs(LogsRequest request) {
                return reply;
            }

            @Override
            public ExecReply exec(ExecRequest request) {
                return new ExecReply.Exited(
                        0, new ExecReply.Output(request.input(), 0), new ExecReply.Output(Octets.none(), 0));
            }

            @Override
            public RestartReply restart(RestartRequest request) {
                return new RestartReply.Restarted(request.containers());
            }

            @Override
            public UpgradeAnswer upgrade(UpgradeRequest request) {
                return new UpgradeAnswer.Refused(
                        new Cause("not to " + request.order().version(), "here", "wait"));
            }

            @Override
            public ResetAnswer reset(ResetRequest request) {
                return new ResetAnswer.Refused(new Cause("not now", "here", "wait"));
            }
        };
    }

    @Test
    void aRequestThatCannotBeReadIsRefused() {
        try (Subscription _ =
                fleet.commands().answerRequests(N1, answering(new LogsReply.Lines(List.of())), System::nanoTime)) {
            var answer = mesh.request(
                    Subject.of("node-commands", "n1", "logs"), Payload.of("{\"version\":1}"), Duration.ofSeconds(30));
            assertTrue(answer.toString().contains("Answer"), answer::toString);
        }
    }

    @Test
    void asManyOfTheNewestLinesTravelAsFit() {
        for (String filling : List.of("a", "\u001b", "é", "🙂", "\"")) {
            List<LogsReply.Line> written = IntStream.range(0, 10_000)
                    .mapToObj(i -> new LogsReply.Line(ResourceName.of("c".repeat(63)), i + filling.repeat(100)))
                    .toList();

            LogsReply.Lines kept = LogsReply.Lines.newest(written, Payload.LARGEST);

            assertTrue(CODEC.encode(kept).bytes().length > Payload.LARGEST / 8);
            assertEquals(written.subList(10_000 - kept.lines().size(), 10_000), kept.lines());
        }
    }

    @Test
    void aVeryLongLineIsCut() {
        LogsReply.Lines kept = LogsReply.Lines.newest(
                List.of(new LogsReply.Line(ResourceName.of("c"), "🙂".repeat(1 << 20))), Payload.LARGEST);

        assertEquals(1, kept.lines().size());
        assertEquals(new Decoded.Value<LogsReply>(kept), CODEC.logsReply(CODEC.encode(kept)));
    }

    @Test
    void theInventoryKnowsWhatEachNodeSaidLastOfItsHardware() {
        fleet.nodeReports().register(info(N1));
        fleet.nodeReports().register(info(N2));
        fleet.nodeReports().report(report(N1, 1));
        fleet.nodeReports().report(report(N1, 2));
        bucket("node-hardware").put(Key.of("n2"), Payload.of("{\"version\":2}"));

        assertEquals(
                List.of(Optional.of(report(N1, 2)), Optional.empty()),
                fleet.inventory().nodes().stream().map(NodeStatus::hardware).toList());
    }

    @Test
    void whatANodeSaidBeforeIsKeptToCompare() {
        Instant first = now;
        for (int generation = 1; generation <= 9; generation++) {
            fleet.nodeReports().report(report(N1, generation));
            now = now.plusSeconds(60);
        }
        bucket("node-hardware").put(Key.of("n2"), CODEC.encode(report(N1, 1)));

        List<Reported> reports = fleet.nodeReports().hardware(N1);

        assertEquals(8, reports.size());
        assertEquals(new Reported(report(N1, 2), first.plusSeconds(60)), reports.getFirst());
        assertEquals(report(N1, 9), reports.getLast().report());
        assertEquals(List.of(), fleet.nodeReports().hardware(N2), "in another's name");
    }

    private static HardwareReport report(NodeId node, long generation) {
        return new HardwareReport(
                node,
                new Generation(generation),
                new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                HARDWARE,
                List.of());
    }

    private List<Liveness> liveness() {
        return liveness(fleet);
    }

    private static List<Liveness> liveness(Fleet fleet) {
        return fleet.inventory().nodes().stream().map(node -> node.liveness()).toList();
    }

    private Bucket bucket(String name) {
        return mesh.bucket(new BucketName(name));
    }

    private static NodeInfo info(NodeId id) {
        return new NodeInfo(
                id,
                new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                IpAddress.of("192.0.2.7"),
                new NodeInfo.Machine(Architecture.AMD64, 4, Memory.gibibytes(8), "Debian"),
                NodeInfo.Agent.of("0.1.0", Set.of()));
    }
}
