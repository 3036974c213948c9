package io.nationtech.harmony.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.rollout.FailureBudget;
import io.nationtech.harmony.domain.rollout.OnFailure;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.rollout.WaveSize;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.rollout.PlannedChange.Kind;
import io.nationtech.harmony.rollout.Wave.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every rollout, in whatever world. */
class RolloutLawsTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");

    /** A plan and nodes that behave in some way. */
    record Case(RolloutPlan plan, Map<NodeId, World.Behaviour> behaviours) {
        Map<NodeId, PlannedChange> byNode() {
            return plan.changes().stream().collect(Collectors.toMap(PlannedChange::node, change -> change));
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Rollout> rollouts = Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(1, 5).map(WaveSize::nodes),
                                Arbitraries.integers().between(1, 100).map(WaveSize::share),
                                Arbitraries.integers().between(1, 100).map(WaveSize::shareOfOneDomain)),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 2).map(FailureBudget::new),
                        Arbitraries.integers().between(0, 3).map(Duration::ofSeconds),
                        Arbitraries.of(OnFailure.class))
                .as((size, canaries, budget, healthy, onFailure) -> Rollout.DEFAULT
                        .waves(size)
                        .canaries(canaries)
                        .mayFail(budget)
                        .minHealthy(healthy)
                        .deadline(World.DEADLINE)
                        .onFailure(onFailure));
        Arbitrary<List<PlannedChange>> changes = Combinators.combine(
                        Arbitraries.integers().between(1, 4), Arbitraries.of(Kind.class))
                .as((domain, kind) -> Map.entry(FailureDomain.of("d" + domain), kind))
                .list()
                .ofMinSize(1)
                .ofMaxSize(24)
                .map(all -> IntStream.range(0, all.size())
                        .mapToObj(at -> new PlannedChange(
                                NodeId.of("n%02d".formatted(at)),
                                all.get(at).getKey(),
                                all.get(at).getValue()))
                        .toList());
        return Combinators.combine(changes, rollouts, Arbitraries.longs())
                .as((all, rollout, seed) ->
                        new Case(new RolloutPlan(SHOP, all, rollout), World.behaviours(all, new Random(seed))));
    }

    @Property
    void everyNodeIsInOneWave(@ForAll("cases") Case one) {
        List<NodeId> planned = one.plan().waves().stream()
                .flatMap(wave -> wave.nodes().stream())
                .toList();

        assertEquals(one.plan().changes().size(), planned.size());
        assertEquals(one.byNode().keySet(), new HashSet<>(planned));
    }

    @Property
    void noWaveIsLargerThanItMayBe(@ForAll("cases") Case one) {
        long changed = one.plan().changes().stream()
                .filter(change -> change.kind() == Kind.CHANGES)
                .count();
        WaveSize size = one.plan().rollout().waves();
        for (Wave wave : one.plan().waves()) {
            Set<Kind> kinds = wave.nodes().stream()
                    .map(node -> one.byNode().get(node).kind())
                    .collect(Collectors.toSet());
            assertEquals(1, kinds.size(), wave::toString);
            if (wave.phase() == Phase.CANARY) {
                assertEquals(1, wave.nodes().size(), wave::toString);
            }
            if (wave.phase() == Phase.CHANGE) {
                assertTrue(wave.nodes().size() <= size.of((int) changed), wave::toString);
                if (size instanceof WaveSize.ShareOfOneDomain) {
                    assertEquals(1, domains(one, wave.nodes()).size(), wave::toString);
                }
            }
        }
    }

    private static Set<FailureDomain> domains(Case one, List<NodeId> nodes) {
        return nodes.stream().map(node -> one.byNode().get(node).domain()).collect(Collectors.toSet());
    }

    @Property
    void whatIsNewComesFirstThenCanariesAndWhatGoesIsLast(@ForAll("cases") Case one) {
        List<Phase> phases = one.plan().waves().stream().map(Wave::phase).toList();

        assertEquals(phases.stream().sorted().toList(), phases);
        long changed = one.plan().changes().stream()
                .filter(change -> change.kind() == Kind.CHANGES)
                .count();
        assertEquals(
                Math.min(changed, one.plan().rollout().canaries()),
                phases.stream().filter(Phase.CANARY::equals).count());
    }

    @Property
    void theOrderInWhichChangesAreToldMeansNothing(@ForAll("cases") Case one, @ForAll long seed) {
        List<PlannedChange> shuffled = new ArrayList<>(one.plan().changes());
        Collections.shuffle(shuffled, new Random(seed));

        assertEquals(one.plan().waves(), Waves.of(shuffled, one.plan().rollout()));
    }

    @Property
    void itEndsAndEveryNodeIsReachedOrNamed(@ForAll("cases") Case one) {
        World world = new World(one.plan(), one.behaviours());

        RolloutState end = world.run();

        switch (end.verdict()) {
            case Verdict.Done() ->
                assertTrue(
                        end.nodes().values().stream()
                                .allMatch(progress -> progress instanceof NodeProgress.Done
                                        || progress instanceof NodeProgress.Lost
                                        || progress instanceof NodeProgress.Failed),
                        end::toString);
            case Verdict.Stopped(Cause _) -> {
                assertEquals(OnFailure.STOP, one.plan().rollout().onFailure());
                assertTrue(end.nodes().values().stream().noneMatch(NodeProgress::isUnderWay), end::toString);
                assertTrue(
                        end.nodes().values().stream().anyMatch(NodeProgress.Failed.class::isInstance), end::toString);
            }
            case Verdict.RolledBack(Cause _) ->
                assertTrue(
                        end.nodes().values().stream()
                                .allMatch(progress -> progress instanceof NodeProgress.Returned
                                        || progress instanceof NodeProgress.Waiting
                                        || progress instanceof NodeProgress.Failed),
                        end::toString);
            case Verdict.Running() -> throw new AssertionError(end);
            case Verdict.Paused _, Verdict.RollingBack _ -> throw new AssertionError(end);
        }
    }

    @Property
    void noMoreNodesAreOutThanMayBeWhateverFails(@ForAll("cases") Case one) {
        World world = new World(one.plan(), one.behaviours());
        int changed = (int) one.plan().changes().stream()
                .filter(change -> change.kind() == Kind.CHANGES)
                .count();
        int most = Math.max(1, one.plan().rollout().waves().of(changed));

        world.afterEach(state -> {
            if (!(state.verdict() instanceof Verdict.Running)) {
                return;
            }
            List<NodeId> out = state.nodes().entrySet().stream()
                    .filter(node -> one.byNode().get(node.getKey()).kind() == Kind.CHANGES)
                    .filter(node -> node.getValue().isUnderWay() || node.getValue() instanceof NodeProgress.Failed)
                    .map(Map.Entry::getKey)
                    .toList();
            assertTrue(out.size() <= most, () -> "%s are out, %d may".formatted(out, most));
        });
        world.run();
    }

    /** Whoever passes requests on asks nobody else by then. */
    @Property
    void nothingGoesOutOfServiceBeforeThoseThatAreBackAreNoticed(@ForAll("cases") Case one) {
        World world = new World(one.plan(), one.behaviours());

        world.beforeEachStart((state, nodes) -> {
            if (nodes.stream().anyMatch(node -> one.byNode().get(node).kind() != Kind.ADDS)) {
                state.nodes().forEach((node, progress) -> {
                    if (progress instanceof NodeProgress.Done) {
                        assertTrue(world.heldFor(node).compareTo(Rollout.NOTICE) >= 0, () -> node + ", " + nodes);
                    }
                });
            }
        });
        world.run();
    }

    @Property
    void nothingIsBegunOnceMoreFailedThanMay(@ForAll("cases") Case one) {
        World world = new World(one.plan(), one.behaviours());
        int budget = one.plan().rollout().budget().perFailureDomain();

        world.beforeEachStart((state, nodes) -> {
            Map<FailureDomain, Long> failed = state.nodes().entrySet().stream()
                    .filter(node -> node.getValue() instanceof NodeProgress.Failed)
                    .collect(Collectors.groupingBy(
                            node -> one.byNode().get(node.getKey()).domain(), Collectors.counting()));
            assertTrue(failed.values().stream().allMatch(count -> count <= budget), () -> failed + ", " + nodes);
        });
        world.run();
    }

    @Property
    void whatGoesWaitsForAllOthersToSucceed(@ForAll("cases") Case one) {
        World world = new World(one.plan(), one.behaviours());

        world.beforeEachStart((state, nodes) -> {
            if (nodes.stream().anyMatch(node -> one.byNode().get(node).kind() == Kind.REMOVES)) {
                Stream<NodeProgress> others = state.nodes().entrySet().stream()
                        .filter(node -> one.byNode().get(node.getKey()).kind() != Kind.REMOVES)
                        .map(Map.Entry::getValue);
                assertTrue(
                        others.allMatch(progress ->
                                progress instanceof NodeProgress.Done || progress instanceof NodeProgress.Lost),
                        state::toString);
            }
        });
        world.run();
    }

    /** Whoever carries on has the state alone, and it does not matter whether what was decided last was done before. */
    @Property
    void itComesToTheSameEndWhereverItIsCarriedOnByAnother(@ForAll("cases") Case one, @ForAll List<Boolean> crashes) {
        RolloutState end = new World(one.plan(), one.behaviours()).run();

        RolloutState carriedOn = new World(one.plan(), one.behaviours()).runWithCrashes(crashes);

        assertEquals(end.verdict().getClass(), carriedOn.verdict().getClass());
        assertEquals(kinds(end), kinds(carriedOn));
    }

    private static Map<NodeId, Class<?>> kinds(RolloutState state) {
        return state.nodes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, node -> node.getValue().getClass()));
    }

    @Property
    void askedAgainItDecidesTheSame(@ForAll("cases") Case one) {
        World world = new World(one.plan(), one.behaviours());

        world.beforeEachDecision((state, facts, now) ->
                assertEquals(one.plan().next(state, facts, now), one.plan().next(state, facts, now)));
        world.run();
    }

    @Property
    void whilePausedNothingIsBegun(@ForAll("cases") Case one) {
        World world = new World(one.plan(), one.behaviours());

        world.beforeEachDecision((state, facts, now) -> {
            if (state.verdict() instanceof Verdict.Running) {
                RolloutPlan.Next paused =
                        one.plan().next(state.with(new Verdict.Paused(Author.of("ops"), now)), facts, now);
                assertTrue(paused.decision() instanceof Decision.Wait, paused::toString);
            }
        });
        world.run();
    }
}
