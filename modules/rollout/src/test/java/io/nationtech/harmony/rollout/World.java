package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Nodes that each behave in their way once they are told something, and a clock. */
final class World {
    static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(6);
    private static final int LONGEST = 10_000;

    private final RolloutPlan plan;
    private final Map<NodeId, Behaviour> behaviours;
    private final Map<NodeId, Told> told = new HashMap<>();
    private final List<Looking> looking = new ArrayList<>();
    private final List<BiConsumer<RolloutState, List<NodeId>>> starting = new ArrayList<>();
    private final List<Consumer<RolloutState>> after = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    /** What a node does with what it is told. */
    enum Behaviour {
        FOLLOWS,
        FOLLOWS_LATE,
        FAILS,
        NEVER_FOLLOWS,
        IS_LOST
    }

    private enum What {
        NEW,
        OLD
    }

    private record Told(What what, Instant at) {}

    interface Looking {
        void at(RolloutState state, Map<NodeId, NodeFact> facts, Instant now);
    }

    World(RolloutPlan plan, Map<NodeId, Behaviour> behaviours) {
        this.plan = plan;
        this.behaviours = behaviours;
    }

    /** Most nodes follow. */
    static Map<NodeId, Behaviour> behaviours(List<PlannedChange> changes, Random random) {
        Map<NodeId, Behaviour> behaviours = new HashMap<>();
        for (PlannedChange change : changes) {
            int chance = random.nextInt(20);
            behaviours.put(
                    change.node(),
                    switch (chance) {
                        case 0 -> Behaviour.FAILS;
                        case 1 -> Behaviour.NEVER_FOLLOWS;
                        case 2 -> Behaviour.IS_LOST;
                        case 3, 4, 5, 6 -> Behaviour.FOLLOWS_LATE;
                        default -> Behaviour.FOLLOWS;
                    });
        }
        return behaviours;
    }

    void beforeEachDecision(Looking look) {
        looking.add(look);
    }

    /** Given the state as it is kept before the nodes are told. */
    void beforeEachStart(BiConsumer<RolloutState, List<NodeId>> look) {
        starting.add(look);
    }

    void afterEach(Consumer<RolloutState> look) {
        after.add(look);
    }

    RolloutState run() {
        return runWithCrashes(List.of());
    }

    /**
     * @param crashes at each decision, whether whoever decides ends after its state was kept and before it is done; another carries on
     */
    RolloutState runWithCrashes(List<Boolean> crashes) {
        RolloutState kept = plan.begin(now);
        for (int decision = 0; decision < LONGEST; decision++) {
            Map<NodeId, NodeFact> facts = facts();
            RolloutState before = kept;
            looking.forEach(look -> look.at(before, facts, now));
            RolloutPlan.Next next = plan.next(kept, facts, now);
            if (next.decision() instanceof Decision.Start(var nodes)) {
                starting.forEach(look -> look.accept(next.state(), nodes));
            }
            kept = next.state();
            boolean crashed = decision < crashes.size() && crashes.get(decision);
            if (crashed) {
                now = now.plus(TICK);
                follow(kept);
            } else if (ends(next.decision())) {
                return kept;
            }
            RolloutState later = kept;
            after.forEach(look -> look.accept(later));
        }
        throw new AssertionError("no end after %d decisions: %s".formatted(LONGEST, kept));
    }

    private boolean ends(Decision decision) {
        switch (decision) {
            case Decision.Start(var nodes) -> nodes.forEach(node -> tell(node, What.NEW));
            case Decision.RollBack(var nodes) -> nodes.forEach(node -> tell(node, What.OLD));
            case Decision.Wait(var until) -> now = now.plus(TICK);
            case Decision.Done(), Decision.Stop _ -> {
                return true;
            }
        }
        return false;
    }

    /** Whoever carries on tells again what is under way: those who heard it hear nothing new. */
    private void follow(RolloutState state) {
        state.nodes().forEach((node, progress) -> {
            switch (progress) {
                case NodeProgress.Started _, NodeProgress.Healthy _ -> tell(node, What.NEW);
                case NodeProgress.Returning _ -> tell(node, What.OLD);
                case NodeProgress.Waiting(), NodeProgress.Done(), NodeProgress.Lost(), NodeProgress.Returned() -> {}
                case NodeProgress.Failed _ -> {}
            }
        });
    }

    private void tell(NodeId node, What what) {
        if (!told.containsKey(node) || told.get(node).what() != what) {
            told.put(node, new Told(what, now));
        }
    }

    private Map<NodeId, NodeFact> facts() {
        Map<NodeId, NodeFact> facts = new HashMap<>();
        told.forEach((node, what) -> facts.put(node, fact(behaviours.get(node), what)));
        return facts;
    }

    private NodeFact fact(Behaviour behaviour, Told what) {
        Duration since = Duration.between(what.at(), now);
        boolean takesWhatItHad = what.what() == What.OLD && behaviour != Behaviour.IS_LOST;
        return switch (takesWhatItHad ? Behaviour.FOLLOWS : behaviour) {
            case FOLLOWS -> after(since, SOON, new NodeFact.Converged());
            case FOLLOWS_LATE -> after(since, LATE, new NodeFact.Converged());
            case FAILS ->
                after(since, Duration.ofSeconds(2), new NodeFact.Failed(new Cause("no such image", "here", "mend it")));
            case NEVER_FOLLOWS -> new NodeFact.Following("it is still converging");
            case IS_LOST -> new NodeFact.Lost();
        };
    }

    /** How long a node has had what it was told, of those that follow. */
    Duration heldFor(NodeId node) {
        Duration took = behaviours.get(node) == Behaviour.FOLLOWS_LATE ? LATE : SOON;
        return Duration.between(told.get(node).at(), now).minus(took);
    }

    private static NodeFact after(Duration since, Duration taken, NodeFact then) {
        return since.compareTo(taken) >= 0 ? then : new NodeFact.Following("it is still converging");
    }
}
