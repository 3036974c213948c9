package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.ReleasePlace;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.NodeUpgrades.Result;
import io.nationtech.harmony.engine.NodeUpgrades.Upgraded;
import io.nationtech.harmony.fleet.ExecReply;
import io.nationtech.harmony.fleet.ExecRequest;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.fleet.RequestSource;
import io.nationtech.harmony.fleet.ResetRequest;
import io.nationtech.harmony.fleet.RestartReply;
import io.nationtech.harmony.fleet.RestartRequest;
import io.nationtech.harmony.fleet.UpgradeRequest;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waves of upgrades over nodes that say what nodes say, in one process. */
class NodeUpgradesTest {
    private static final SystemVersion OLD = SystemVersion.of("202601010000");
    private static final SystemVersion NEW = SystemVersion.of("202602020000");
    private static final DeploymentName WIKI = DeploymentName.of("wiki");
    private static final Cause ILL = new Cause("the disk is full", "there", "make room");
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final InProcessHub hub = new InProcessHub();
    private final InProcessMesh mesh = hub.connect();
    private final Fleet fleet = new Fleet(mesh, new JsonFleetCodec());
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Map<NodeId, NodeSystem> systems = new ConcurrentHashMap<>();

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        mesh.close();
    }

    /** What a node does with an order. */
    private enum Habit {
        GETS_WELL,
        GOES_BACK,
        REFUSES,
        /** It never gets further than fetching. */
        HANGS,
        /** It runs, and what it had does not. */
        LOSES_ITS_WORK
    }

    private NodeId node(String name, Habit habit) {
        fleet.ensureBuckets();
        NodeId id = NodeId.of(name);
        InProcessMesh own = hub.connect();
        open.push(own);
        fleet.nodeReports().beat(id, own.ownName());
        say(id, new NodeSystem(OLD));
        fleet.nodeReports().report(new NodeState(id, WIKI, 1, new Convergence.Converged(), List.of()));
        Subscription answers = new Fleet(own, new JsonFleetCodec())
                .commands()
                .answerRequests(id, new Answers(id, habit), System::nanoTime);
        open.push(answers::close);
        return id;
    }

    private void say(NodeId id, NodeSystem system) {
        NodeInfo info = Homes.node(id.value(), "home").info();
        systems.put(id, system);
        fleet.nodeReports().register(info.running(Optional.of(system)));
    }

    private final class Answers implements RequestSource {
        private final NodeId id;
        private final Habit habit;

        Answers(NodeId id, Habit habit) {
            this.id = id;
            this.habit = habit;
        }

        @Override
        public Optional<Instant> followed(Optional<DeploymentName> deployment) {
            return Optional.empty();
        }

        @Override
        public LogsReply logs(LogsRequest request) {
            throw new AssertionError(request);
        }

        @Override
        public ExecReply exec(ExecRequest request) {
            throw new AssertionError(request);
        }

        @Override
        public RestartReply restart(RestartRequest request) {
            throw new AssertionError(request);
        }

        @Override
        public UpgradeAnswer upgrade(UpgradeRequest request) {
            events.add(id + " is asked");
            if (habit == Habit.REFUSES) {
                return new UpgradeAnswer.Refused(ILL);
            }
            Thread.ofVirtual().start(this::work);
            return new UpgradeAnswer.Accepted();
        }

        @Override
        public ResetAnswer reset(ResetRequest request) {
            throw new AssertionError(request);
        }

        private void work() {
            say(
                    id,
                    new NodeSystem(
                            OLD, Optional.of(new NodeSystem.Upgrade(NEW, NodeSystem.Step.FETCHING)), Optional.empty()));
            switch (habit) {
                case GETS_WELL -> say(id, new NodeSystem(NEW));
                case GOES_BACK -> say(id, wentBack(NOON.plusSeconds(60)));
                case LOSES_ITS_WORK -> {
                    fleet.nodeReports().report(new NodeState(id, WIKI, 1, new Convergence.Failed(ILL), List.of()));
                    say(id, new NodeSystem(NEW));
                }
                case HANGS, REFUSES -> {}
            }
            events.add(id + " is done");
        }
    }

    private static NodeSystem wentBack(Instant at) {
        return new NodeSystem(
                OLD, Optional.empty(), Optional.of(new NodeSystem.Failed(NEW, NodeSystem.Step.PROVING, at, ILL)));
    }

    private List<Upgraded> upgrade(int atOnce, Duration timeout, NodeId... nodes) throws InterruptedException {
        return new NodeUpgrades(
                        fleet,
                        new UpgradeOrder(NEW, ReleasePlace.parse("/media/stick")),
                        new NodeUpgrades.Terms(atOnce, timeout),
                        System::nanoTime)
                .run(List.of(nodes), new NodeUpgrades.Listener() {
                    @Override
                    public void begin(NodeId node) {
                        events.add(node + " begins");
                    }

                    @Override
                    public void end(NodeId node, Result result) {
                        events.add(node + " ends");
                    }
                });
    }

    private static List<Result> results(List<Upgraded> all) {
        return all.stream().map(Upgraded::result).toList();
    }

    @Test
    void oneAfterTheOtherEachOnceTheOneBeforeIsWell() throws Exception {
        NodeId n1 = node("n1", Habit.GETS_WELL);
        NodeId n2 = node("n2", Habit.GETS_WELL);
        assertEquals(
                List.of(new Upgraded(n1, new Result.Done()), new Upgraded(n2, new Result.Done())),
                upgrade(1, Duration.ofSeconds(60), n1, n2));
        assertTrue(events.indexOf("n1 ends") < events.indexOf("n2 begins"), events::toString);
        assertEquals(
                List.of(new Result.Already(), new Result.Already()),
                results(upgrade(1, Duration.ofSeconds(60), n1, n2)));
        assertEquals(1, events.stream().filter("n1 is asked"::equals).count(), "who runs it is not asked again");
    }

    @Test
    void atTheFirstThatGoesBackTheOthersStayAsTheyAre() throws Exception {
        NodeId n1 = node("n1", Habit.GOES_BACK);
        NodeId n2 = node("n2", Habit.GETS_WELL);
        NodeId n3 = node("n3", Habit.GETS_WELL);
        assertEquals(
                List.of(new Result.Failed(ILL), new Result.Done(), new Result.Left()),
                results(upgrade(2, Duration.ofSeconds(60), n1, n2, n3)));
        assertEquals(new NodeSystem(OLD), systems.get(n3));
        assertTrue(events.stream().noneMatch(event -> event.startsWith("n3")), events::toString);
    }

    @Test
    void whatFailedBeforeIsNotTakenForWhatFailsNow() throws Exception {
        NodeId n1 = node("n1", Habit.GETS_WELL);
        say(n1, wentBack(NOON));
        assertEquals(List.of(new Result.Done()), results(upgrade(1, Duration.ofSeconds(60), n1)));
    }

    @Test
    void aRefusalEndsIt() throws Exception {
        NodeId n1 = node("n1", Habit.REFUSES);
        NodeId n2 = node("n2", Habit.GETS_WELL);
        assertEquals(
                List.of(new Result.Failed(ILL), new Result.Left()),
                results(upgrade(1, Duration.ofSeconds(60), n1, n2)));
    }

    @Test
    void aNodeThatIsAwayIsLeftOut() throws Exception {
        NodeId n1 = node("n1", Habit.GETS_WELL);
        NodeId n2 = node("n2", Habit.GETS_WELL);
        fleet.nodeReports().forgetBeat(n1);
        assertEquals(
                List.of(new Result.Away(), new Result.Done()), results(upgrade(1, Duration.ofSeconds(60), n1, n2)));
    }

    @Test
    void aNodeThatDoesNotGetOnIsWaitedForUntilTheDeadline() throws Exception {
        NodeId n1 = node("n1", Habit.HANGS);
        Result.Failed failed = assertInstanceOf(
                Result.Failed.class,
                upgrade(1, Duration.ofSeconds(3), n1).getFirst().result());
        assertTrue(
                failed.cause().what().endsWith("within 3 s: it said last: to 202602020000: fetching"),
                failed.cause()::what);
    }

    @Test
    void aNodeWithoutItsWorkIsNotWell() throws Exception {
        NodeId n1 = node("n1", Habit.LOSES_ITS_WORK);
        Result.Failed failed = assertInstanceOf(
                Result.Failed.class,
                upgrade(1, Duration.ofSeconds(3), n1).getFirst().result());
        assertTrue(failed.cause().what().endsWith("it runs that, and has not again: [wiki]"), failed.cause()::what);
    }
}
