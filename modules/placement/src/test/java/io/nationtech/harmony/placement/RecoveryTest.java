package io.nationtech.harmony.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final DataName LEDGER = DataName.of("ledger");

    private static PlacementNode mini(String id) {
        return PlacementNode.of(Work.node(id), Work.at("home", id), Machines.miniPc(4, 8));
    }

    private static Situation.Seen heard(PlacementNode node, WorkloadId... running) {
        return new Situation.Seen(node, new Contact.Heard(), Set.of(running));
    }

    private static Situation.Seen lost(PlacementNode node, Duration since) {
        return new Situation.Seen(node, new Contact.SilentSince(NOW.minus(since)), Set.of());
    }

    private static List<Step> steps(List<Situation.Seen> nodes, Situation.Assigned... assigned) {
        return Recovery.steps(new Situation(nodes, List.of(assigned), Latencies.unknown()), NOW);
    }

    private static Situation.Assigned assigned(Workload workload, String node) {
        return new Situation.Assigned(workload, Work.node(node), List.of());
    }

    private static Workload web() {
        return Work.work("web", 500, 512);
    }

    @Test
    void statelessWorkMovesOnceItsToleranceIsOver() {
        var nodes = List.of(lost(mini("a"), Duration.ofMinutes(2)), heard(mini("b")));
        assertEquals(
                List.of(new Step.Replace(web().id(), Work.node("a"), Work.node("b"))),
                steps(nodes, assigned(web(), "a")));
    }

    @Test
    void statelessWorkWaitsForItsNodeUntilThen() {
        var nodes = List.of(lost(mini("a"), Duration.ofSeconds(119)), heard(mini("b")));
        assertEquals(
                List.of(new Step.Wait(web().id(), Work.node("a"), NOW.plusSeconds(1))),
                steps(nodes, assigned(web(), "a")));
    }

    @Test
    void statefulWorkStaysWithItsNode() {
        var nodes = List.of(lost(mini("a"), Duration.ofDays(9)), heard(mini("b")));
        assertEquals(
                List.of(new Step.Stay(web().id(), Work.node("a"))),
                steps(nodes, assigned(web().onLoss(new LossPolicy.Stays()), "a")));
    }

    @Test
    void workThatFollowsItsDataGoesOnlyWhereACopyIs() {
        Workload database =
                web().onLoss(new LossPolicy.FollowsData(LEDGER, Duration.ofSeconds(20), Duration.ofSeconds(30)));
        var withCopy = List.of(
                lost(mini("a"), Duration.ofSeconds(30)),
                heard(mini("b")),
                heard(mini("c").holding(Set.of(LEDGER))));
        assertEquals(
                List.of(new Step.Replace(database.id(), Work.node("a"), Work.node("c"))),
                steps(withCopy, assigned(database, "a")));
        assertEquals(
                List.of(new Step.NoPlace(database.id(), Work.node("a"))),
                steps(withCopy.subList(0, 2), assigned(database, "a")));
    }

    @Test
    void workThatWouldRunTwiceIsNoPolicy() {
        var refused = assertThrows(
                InvalidValueException.class,
                () -> new LossPolicy.FollowsData(LEDGER, Duration.ofSeconds(30), Duration.ofSeconds(30)));
        assertTrue(refused.getMessage().contains("or it runs twice"), refused::getMessage);
    }

    @Test
    void aReturningNodeIsToldToStopWhatRunsElsewhereByNow() {
        var nodes = List.of(heard(mini("a"), web().id()), heard(mini("b"), web().id()));
        assertEquals(List.of(new Step.Stop(web().id(), Work.node("a"))), steps(nodes, assigned(web(), "b")));
    }

    @Test
    void copiesOnALostNodeStillCountForSpread() {
        Workload first = web().spread(SpreadOver.failureDomains());
        var nodes = List.of(
                lost(mini("a"), Duration.ofMinutes(5)),
                heard(mini("b"), first.copy(1).id()),
                heard(mini("c")));
        assertEquals(
                List.of(new Step.Replace(first.id(), Work.node("a"), Work.node("c"))),
                steps(nodes, assigned(first, "a"), assigned(first.copy(1), "b")));
    }

    @Test
    void workOfAForgottenNodeMovesAtOnce() {
        assertEquals(
                List.of(new Step.Replace(web().id(), Work.node("gone"), Work.node("b"))),
                steps(List.of(heard(mini("b"))), assigned(web(), "gone")));
    }

    @Property(tries = 60)
    void whatMovesIsAllowedToAndNothingIsStartedTwice(@ForAll long seed) {
        Random random = new Random(seed);
        Chance chance = new Chance(seed);
        List<Situation.Seen> nodes = new ArrayList<>();
        List<Situation.Assigned> assigned = new ArrayList<>();
        for (PlacementNode node : chance.nodes(8)) {
            Contact contact = random.nextBoolean()
                    ? new Contact.Heard()
                    : new Contact.SilentSince(NOW.minusSeconds(random.nextInt(100)));
            nodes.add(new Situation.Seen(node, contact, Set.of()));
        }
        for (int number = 0; number < 30; number++) {
            Workload work = chance.work(number)
                    .onLoss(chance.oneOf(List.of(
                            new LossPolicy.Moves(Duration.ofSeconds(50)),
                            new LossPolicy.Stays(),
                            new LossPolicy.FollowsData(
                                    DataName.of("model"), Duration.ofSeconds(20), Duration.ofSeconds(60)))));
            assigned.add(new Situation.Assigned(work, chance.oneOf(nodes).node().id(), List.of()));
        }
        var moved = new HashSet<WorkloadId>();
        for (Step step : Recovery.steps(new Situation(nodes, assigned, Latencies.unknown()), NOW)) {
            if (step instanceof Step.Replace replace) {
                assertTrue(moved.add(replace.workload()), () -> "twice: " + replace);
                assertAllowed(replace, nodes, assigned);
            }
        }
    }

    private static void assertAllowed(
            Step.Replace replace, List<Situation.Seen> nodes, List<Situation.Assigned> assigned) {
        Workload work = assigned.stream()
                .map(Situation.Assigned::workload)
                .filter(one -> one.id().equals(replace.workload()))
                .findFirst()
                .orElseThrow();
        Duration silence = nodes.stream()
                .filter(seen -> seen.node().id().equals(replace.from()))
                .map(seen -> seen.contact() instanceof Contact.SilentSince(Instant since)
                        ? Duration.between(since, NOW)
                        : Duration.ZERO)
                .findFirst()
                .orElseThrow();
        Situation.Seen to = nodes.stream()
                .filter(seen -> seen.node().id().equals(replace.to()))
                .findFirst()
                .orElseThrow();
        assertTrue(to.contact() instanceof Contact.Heard, () -> "to a lost node: " + replace);
        switch (work.onLoss()) {
            case LossPolicy.Stays _ -> throw new AssertionError("stays by its policy: " + replace);
            case LossPolicy.Moves moves -> assertTrue(silence.compareTo(moves.tolerance()) >= 0);
            case LossPolicy.FollowsData follows -> {
                assertTrue(silence.compareTo(follows.moves()) >= 0);
                assertTrue(to.node().data().contains(follows.data()));
            }
        }
    }
}
