package io.nationtech.harmony.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.placement.Priority;
import io.nationtech.harmony.domain.placement.Taint;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of placement for any nodes and any work. */
class PlacementLawsTest {
    private static final int WORK = 60;

    @Property(tries = 60)
    void agreesWithBruteForceAndNeverBreaksARule(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int size) {
        Chance chance = new Chance(seed);
        Placer placer = new Placer(Latencies.unknown());
        Oracle oracle = new Oracle();
        chance.nodes(size).forEach(node -> {
            placer.update(node);
            oracle.node(node);
        });
        List<WorkloadId> there = new ArrayList<>();
        for (int number = 0; number < WORK; number++) {
            if (!there.isEmpty() && chance.oneIn(4)) {
                WorkloadId leaving = chance.oneOf(there);
                there.remove(leaving);
                placer.withdraw(leaving);
                oracle.withdraw(leaving);
            }
            change(chance, size, placer, oracle);
            Workload work = chance.work(number);
            List<NodeId> fit = oracle.fit(work).map(PlacementNode::id).toList();
            Explanation before = placer.explain(work);
            switch (placer.place(work)) {
                case Decision.Placed placed -> {
                    assertTrue(fit.contains(placed.node()), () -> placed + " but only " + fit + " will do");
                    assertIsBest(before, placed);
                    oracle.place(work, placed);
                    there.add(work.id());
                }
                case Decision.Preempting preempting ->
                    throw new AssertionError("all are of one priority, and yet " + preempting);
                case Decision.Unplaced _ ->
                    assertEquals(List.of(), fit, () -> "unplaced though these will do: " + work);
                case Decision.Refused refused -> {
                    assertEquals(List.of(), fit, () -> "refused though these will do: " + work);
                    assertTrue(refused.contradiction().why().length() > 5);
                }
            }
            assertEquals(List.of(), oracle.violations());
        }
    }

    /** Now and then a node that holds nothing goes, comes, or becomes another. */
    private static void change(Chance chance, int size, Placer placer, Oracle oracle) {
        PlacementNode node = chance.oneOf(chance.nodes(size));
        if (chance.oneIn(3) && oracle.isEmpty(node.id())) {
            placer.remove(node.id());
            oracle.remove(node.id());
            if (!chance.oneIn(4)) {
                placer.update(node);
                oracle.node(node);
            }
        }
    }

    private static void assertIsBest(Explanation before, Decision.Placed placed) {
        List<Explanation.Other> fits = before.others().stream()
                .filter(other -> other.verdict() instanceof Explanation.Fits)
                .toList();
        Explanation.Other best = fits.getFirst();
        assertEquals(best.node(), placed.node(), () -> "better ones: " + fits);
        assertEquals(new Explanation.Fits(placed.points()), best.verdict());
    }

    @Property(tries = 60)
    void explainsTruly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int size) {
        Chance chance = new Chance(seed);
        Placer placer = new Placer(Latencies.unknown());
        Oracle oracle = new Oracle();
        List<PlacementNode> nodes = chance.nodes(size);
        nodes.forEach(node -> {
            placer.update(node);
            oracle.node(node);
        });
        for (int number = 0; number < WORK; number++) {
            Workload work = chance.work(number);
            List<NodeId> fit = oracle.fit(work).map(PlacementNode::id).toList();
            Explanation told = placer.explain(work);
            List<NodeId> toldFit = told.others().stream()
                    .filter(other -> other.verdict() instanceof Explanation.Fits)
                    .map(Explanation.Other::node)
                    .sorted()
                    .toList();
            if (work.contradiction().isEmpty()) {
                assertEquals(fit, toldFit, () -> "of " + work + "\n" + told.render(20));
            }
            if (placer.place(work) instanceof Decision.Placed placed) {
                oracle.place(work, placed);
                assertEquals(
                        java.util.Optional.of(placed.node()),
                        placer.explain(work).chosen());
            }
        }
    }

    @Property(tries = 40)
    void isTheSameWhateverTheOrderInWhichNodesCame(@ForAll long seed) {
        List<PlacementNode> nodes = new Chance(seed).nodes(12);
        List<PlacementNode> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(decisions(nodes, seed), decisions(shuffled, seed));
    }

    @Property(tries = 40)
    void isStableWhenSomethingElseChanges(@ForAll long seed) {
        List<PlacementNode> nodes = new Chance(seed).nodes(12);
        List<PlacementNode> more = new ArrayList<>(nodes);
        more.add(nodes.getFirst().tainted(Set.of(Taint.of("other"))).with(Machines.nas(64)));
        PlacementNode other = more.removeLast();
        more.addFirst(new PlacementNode(
                NodeId.of("a-tainted-one"),
                other.location(),
                other.hardware(),
                other.reserved(),
                other.taints(),
                Availability.OPEN,
                Set.of(),
                Optional.empty(),
                Set.of()));
        assertEquals(decisions(nodes, seed), decisions(more, seed));
    }

    private static List<Decision> decisions(List<PlacementNode> nodes, long seed) {
        Placer placer = new Placer(Latencies.unknown());
        nodes.forEach(placer::update);
        Chance chance = new Chance(seed + 1);
        List<Decision> decisions = new ArrayList<>();
        for (int number = 0; number < WORK; number++) {
            decisions.add(placer.place(chance.work(number)));
        }
        return decisions;
    }

    @Property(tries = 60)
    void keepsRulesThroughPreemptionAndEndsOnlyLowerPriority(@ForAll long seed) {
        Chance chance = new Chance(seed);
        Placer placer = new Placer(Latencies.unknown());
        Oracle oracle = new Oracle();
        chance.nodes(8).forEach(node -> {
            placer.update(node);
            oracle.node(node);
        });
        for (int number = 0; number < WORK; number++) {
            Workload work = chance.work(number).priority(Priority.of(100 * (1 + number % 4)));
            switch (placer.place(work)) {
                case Decision.Placed placed -> oracle.place(work, placed);
                case Decision.Preempting preempting -> {
                    assertEquals(List.of(), oracle.fit(work).toList(), "preempts though there is room");
                    preempting.ended().forEach(ended -> {
                        assertTrue(ended.priority().compareTo(work.priority()) < 0, () -> ended + " for " + work);
                        assertTrue(placer.waiting().contains(ended));
                        oracle.withdraw(ended.id());
                    });
                    assertTrue(oracle.fit(work)
                            .anyMatch(
                                    node -> node.id().equals(preempting.placed().node())));
                    oracle.place(work, preempting.placed());
                }
                case Decision.Unplaced _, Decision.Refused _ -> {}
            }
            assertEquals(List.of(), oracle.violations());
        }
    }

    @Property(tries = 60)
    void movesNothingWithoutGain(@ForAll long seed) {
        Chance chance = new Chance(seed);
        Placer placer = new Placer(Latencies.unknown());
        List<PlacementNode> nodes = chance.nodes(10);
        nodes.forEach(placer::update);
        List<Workload> there = new ArrayList<>();
        for (int number = 0; number < WORK; number++) {
            Workload work = chance.work(number);
            if (placer.place(work) instanceof Decision.Placed) {
                there.add(work);
            }
        }
        there.sort(Comparator.comparing(Workload::id));
        for (Workload work : there) {
            NodeId before = placer.nodeOf(work.id()).orElseThrow();
            placer.reconsider(work.id(), 100)
                    .ifPresentOrElse(
                            move -> assertTrue(move.gain() > 100 && !move.to().equals(before), move::toString),
                            () -> assertEquals(before, placer.nodeOf(work.id()).orElseThrow()));
        }
    }
}
