package io.nationtech.harmony.fleet.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.rollout.OnFailure;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.RolloutRefusedException;
import io.nationtech.harmony.fleet.Rollouts;
import io.nationtech.harmony.fleet.Rollouts.Found;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.CapturedLog;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import io.nationtech.harmony.rollout.KeptChange;
import io.nationtech.harmony.rollout.NodeProgress;
import io.nationtech.harmony.rollout.PlannedChange;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.RolloutState;
import io.nationtech.harmony.rollout.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of rollouts, in its real form. */
class RolloutsTest {
    static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final InProcessMesh mesh = new InProcessHub().connect();
    private final Fleet fleet = new Fleet(mesh, new JsonFleetCodec());
    private Rollouts rollouts = fleet.rollouts();

    @BeforeEach
    void buckets() {
        fleet.ensureBuckets();
        rollouts = fleet.rollouts();
    }

    static RolloutRecord rollout(Map<NodeId, NodeProgress> progress) {
        return RolloutRecord.of(
                SHOP,
                new RolloutRecord.Began(Author.of("alice@desk"), NOON, "ab".repeat(32)),
                Rollout.DEFAULT.canaries(1).onFailure(OnFailure.ROLL_BACK),
                new RolloutRecord.Runner(Author.of("bob@node"), NOON.plusSeconds(60), "0123456789abcdef"),
                RolloutState.begin(progress.keySet(), NOON).with(progress));
    }

    static KeptChange change(int number) {
        return new KeptChange(
                new PlannedChange(node(number), FailureDomain.of("rack-1"), PlannedChange.Kind.CHANGES),
                List.of(web("1")),
                List.of(web("2")));
    }

    private static NodeResource web(String version) {
        return Container.of(
                ContainerName.of("web"), ImageReference.of("registry.internal/web:" + version), Memory.mebibytes(64));
    }

    private static NodeId node(int number) {
        return NodeId.of("node-with-a-name-as-people-have-them-%05d".formatted(number));
    }

    private static List<NodeId> nodes(int count) {
        return IntStream.range(0, count).mapToObj(RolloutsTest::node).toList();
    }

    private Bucket bucket(String name) {
        return mesh.bucket(new BucketName(name));
    }

    @Test
    void whatIsKeptIsReadAgain() {
        RolloutRecord kept = rollout(Map.of(node(1), new NodeProgress.Started(NOON)));

        assertInstanceOf(Written.At.class, rollouts.write(kept, 0));

        assertEquals(Optional.of(kept), rollouts.of(SHOP).map(Versioned::value));
        assertEquals(
                List.of(kept), rollouts.all().stream().map(Versioned::value).toList());
    }

    @Test
    void whoeverSawAnOlderOneCannotWrite() {
        RolloutRecord kept = rollout(Map.of());
        assertInstanceOf(Written.At.class, rollouts.write(kept, 0));
        long seen = rollouts.find(SHOP).revision();
        rollouts.write(kept.with(new Verdict.Paused(Author.of("ops"), NOON)), seen);

        assertInstanceOf(Written.Conflict.class, rollouts.write(kept, seen));
        assertInstanceOf(Written.Conflict.class, rollouts.write(kept, 0));
    }

    @Test
    void garbageIsRefusedByNameAndCanBeWrittenOver() {
        bucket("rollouts").put(Key.of("shop"), Payload.of("{\"version\":1,\"deployment\":\"shop\",\"who\":1}"));

        RolloutRefusedException refused = assertThrows(RolloutRefusedException.class, () -> rollouts.of(SHOP));
        assertTrue(refused.why().what().contains("'who'"), () -> refused.why().what());
        assertEquals("mesh, bucket rollouts, key shop", refused.why().where());
        Found found = rollouts.find(SHOP);
        assertInstanceOf(Found.Garbage.class, found);
        assertInstanceOf(Written.At.class, rollouts.write(rollout(Map.of()), found.revision()));
    }

    @Test
    void whatSaysThatItIsAnothersIsRefused() {
        rollouts.write(rollout(Map.of()), 0);
        Payload shops = bucket("rollouts").get(Key.of("shop")).orElseThrow().value();
        bucket("rollouts").put(Key.of("other"), shops);

        assertInstanceOf(Found.Garbage.class, rollouts.find(DeploymentName.of("other")));
        try (CapturedLog log = CapturedLog.of(Rollouts.class.getName())) {
            assertEquals(1, rollouts.all().size());
            assertTrue(
                    log.warnings().getFirst().contains("'other'"),
                    () -> log.warnings().toString());
        }
    }

    @Test
    void asManyNodesAsMayBeThatAllFailedAtLengthAreKept() {
        Cause why = new Cause("x".repeat(2_000), "y".repeat(2_000), "z".repeat(2_000));
        Map<NodeId, NodeProgress> failed = nodes(RolloutRecord.MOST_NODES).stream()
                .collect(Collectors.toMap(Function.identity(), _ -> new NodeProgress.Failed(why)));

        assertInstanceOf(Written.At.class, rollouts.write(rollout(failed), 0));

        RolloutRecord kept = rollouts.of(SHOP).orElseThrow().value();
        assertEquals(failed.keySet(), kept.progress().nodes().keySet());
        assertTrue(
                kept.progress().nodes().values().stream()
                        .anyMatch(progress -> progress.toString().contains("xxx")),
                "some reasons are kept");
    }

    @Test
    void asManyNodesAsMayBeThatAreAllUnderWayAreKept() {
        NodeProgress healthy = new NodeProgress.Healthy(NOON.plusNanos(1), NOON.plusNanos(2));
        Map<NodeId, NodeProgress> progress =
                nodes(RolloutRecord.MOST_NODES).stream().collect(Collectors.toMap(Function.identity(), _ -> healthy));

        assertInstanceOf(Written.At.class, rollouts.write(rollout(progress), 0));
    }

    @Test
    void manyChangesAreKeptInFewEntries() {
        List<KeptChange> all =
                IntStream.range(0, 5_000).mapToObj(RolloutsTest::change).toList();

        assertTrue(rollouts.keep(SHOP, all), "it is written");

        assertEquals(new HashSet<>(all), new HashSet<>(rollouts.changes(SHOP)));
        assertEquals(5_000, rollouts.planned(SHOP).size());
        int entries =
                bucket("rollout-changes").entries(KeyPattern.all()).entries().size();
        assertTrue(entries > 1 && entries < 20, () -> entries + " entries");
    }

    @Test
    void fewerChangesLeaveNothingOfThoseBefore() {
        rollouts.keep(
                SHOP, IntStream.range(0, 3_000).mapToObj(RolloutsTest::change).toList());

        rollouts.keep(SHOP, List.of(change(7)));

        assertEquals(List.of(change(7)), rollouts.changes(SHOP));
        rollouts.forgetChanges(SHOP);
        assertEquals(List.of(), rollouts.changes(SHOP));
        assertTrue(rollouts.keep(SHOP, List.of(change(8))), "it is written where something was deleted");
    }

    @Test
    void aNodeThatIsChangedTwiceIsRefused() {
        rollouts.keep(SHOP, List.of(change(1)));
        Payload first =
                bucket("rollout-changes").get(Key.of("shop", "0")).orElseThrow().value();
        bucket("rollout-changes").put(Key.of("shop", "1"), first);

        RolloutRefusedException refused = assertThrows(RolloutRefusedException.class, () -> rollouts.changes(SHOP));
        assertTrue(
                refused.why().what().contains("is changed twice"),
                () -> refused.why().what());
    }

    @Test
    void thatANodeIsToHaveNothingIsNeverConcludedFromWhatIsMissing() {
        rollouts.keep(SHOP, List.of(change(1)));
        String whole = bucket("rollout-changes")
                .get(Key.of("shop", "0"))
                .orElseThrow()
                .value()
                .text();
        bucket("rollout-changes")
                .put(Key.of("shop", "0"), Payload.of(whole.substring(0, whole.indexOf(",\"after\"")) + "}]}"));

        RolloutRefusedException refused = assertThrows(RolloutRefusedException.class, () -> rollouts.changes(SHOP));
        assertTrue(
                refused.why().what().contains("0 resources"),
                () -> refused.why().what());
    }

    @Test
    void whoDoesNotKnowAKindSeesWhatIsPlannedAndCarriesNothingOn() {
        rollouts.keep(SHOP, List.of(change(1)));
        String known = bucket("rollout-changes")
                .get(Key.of("shop", "0"))
                .orElseThrow()
                .value()
                .text();
        bucket("rollout-changes").put(Key.of("shop", "0"), Payload.of(known.replace("\"container\"", "\"hologram\"")));

        assertEquals(List.of(change(1).planned()), rollouts.planned(SHOP));
        RolloutRefusedException refused = assertThrows(RolloutRefusedException.class, () -> rollouts.changes(SHOP));
        assertTrue(
                refused.why().what().contains("hologram"), () -> refused.why().what());
    }

    @Test
    void nothingIsLeftOfOneThatIsForgotten() {
        rollouts.write(rollout(Map.of()), 0);
        rollouts.keep(SHOP, List.of(change(1)));

        rollouts.forget(SHOP);

        assertInstanceOf(Found.Nothing.class, rollouts.find(SHOP));
        assertEquals(Collections.emptyList(), rollouts.changes(SHOP));
        assertInstanceOf(
                Written.At.class,
                rollouts.write(rollout(Map.of()), rollouts.find(SHOP).revision()));
    }
}
