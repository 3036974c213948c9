package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.Applier;
import io.nationtech.harmony.graph.ApplyProgress;
import io.nationtech.harmony.graph.DriverException;
import io.nationtech.harmony.graph.GraphPlan;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Limits;
import io.nationtech.harmony.rollout.Decision;
import io.nationtech.harmony.rollout.NodeFact;
import io.nationtech.harmony.rollout.NodeProgress;
import io.nationtech.harmony.rollout.RolloutPlan;
import io.nationtech.harmony.rollout.RolloutState;
import io.nationtech.harmony.rollout.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries a rollout on: asks what comes next, tells nodes, and hears what they say, until it ends. */
final class RolloutRunner {
    /** Without news and without a moment to wait for, all is looked at again after so long. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final Fleet fleet;
    private final Journal journal;
    private final Limits limits;
    private final ApplyTerms terms;
    private final InstantSource clock;

    RolloutRunner(Fleet fleet, Journal journal, Limits limits, ApplyTerms terms, InstantSource clock) {
        this.fleet = fleet;
        this.journal = journal;
        this.limits = limits;
        this.terms = terms;
        this.clock = clock;
    }

    RolloutEnd run(FleetPlan plan) throws InterruptedException {
        try (NodeStateWatch states = NodeStateWatch.open(fleet, plan.deployment())) {
            return new Run(plan, states).run();
        }
    }

    /** One plan's rollout. */
    private final class Run {
        private final FleetPlan plan;
        private final NodeStateWatch states;
        private final RolloutPlan rollout;
        private final Map<NodeId, NodeChange> changes;
        private final Map<NodeId, Cause> refused = new HashMap<>();

        Run(FleetPlan plan, NodeStateWatch states) {
            this.plan = plan;
            this.states = states;
            this.changes = plan.changes().stream()
                    .collect(Collectors.toMap(change -> change.node().info().id(), Function.identity()));
            this.rollout = plan.rolloutWithin(terms.timeout());
        }

        RolloutEnd run() throws InterruptedException {
            RolloutState state = rollout.begin(clock.instant());
            while (true) {
                RolloutPlan.Next next = rollout.next(state, facts(state), clock.instant());
                announce(state, next.state());
                state = next.state();
                switch (next.decision()) {
                    case Decision.Start(var nodes) -> start(nodes);
                    case Decision.RollBack(var nodes) -> rollBack(nodes);
                    case Decision.Wait(var until) -> states.awaitNews(timeUntil(until));
                    case Decision.Done() -> {
                        settle();
                        return new RolloutEnd.Reached(failed(state));
                    }
                    case Decision.Stop(Cause why) -> {
                        return new RolloutEnd.Stopped(failures(state, why));
                    }
                }
            }
        }

        private NodeChange change(NodeId node) {
            return Optional.ofNullable(changes.get(node)).orElseThrow();
        }

        private Map<NodeId, NodeFact> facts(RolloutState state) {
            Map<NodeId, NodeFact> facts = new HashMap<>();
            RolloutWait wait = new RolloutWait(plan.deployment(), states);
            state.nodes().forEach((node, progress) -> {
                if (progress.isUnderWay()) {
                    facts.put(node, fact(node, wait));
                }
            });
            return facts;
        }

        private NodeFact fact(NodeId node, RolloutWait wait) {
            Cause why = refused.get(node);
            if (why != null) {
                return new NodeFact.Failed(why);
            }
            Optional<Versioned<DesiredState>> told = plan.driver().writer().told(node);
            if (told.isEmpty()) {
                return new NodeFact.Converged();
            }
            return plan.driver().isAlive(node) ? wait.fact(node, told.get().revision()) : new NodeFact.Lost();
        }

        private Duration timeUntil(Optional<Instant> moment) {
            return moment.map(until -> Duration.between(clock.instant(), until))
                    .filter(left -> left.compareTo(LONGEST_LOOK) < 0)
                    .orElse(LONGEST_LOOK);
        }

        private void start(Collection<NodeId> nodes) throws InterruptedException {
            nodes.forEach(node -> terms.progress().applying(change(node)));
            apply(nodes.stream().map(this::change).map(NodeChange::id).collect(Collectors.toSet()))
                    .forEach(refused::put);
        }

        private Map<NodeId, Cause> apply(Set<ResourceId> resources) throws InterruptedException {
            GraphPlan steps = plan.steps().only(resources);
            Map<NodeId, Cause> failed = new TreeMap<>();
            new Applier(limits, RandomGenerator.getDefault(), terms.consent(), ApplyProgress.silent())
                    .apply(plan.graph(), steps, journal)
                    .outcomes()
                    .forEach((id, outcome) -> {
                        if (outcome instanceof Outcome.Failed(Cause cause)) {
                            failed.put(NodeId.of(id.name().value()), cause);
                        }
                    });
            return failed;
        }

        private void rollBack(Collection<NodeId> nodes) throws InterruptedException {
            refused.keySet().removeAll(nodes);
            InParallel.all(nodes, this::back)
                    .forEach(why -> why.ifPresent(one -> refused.put(one.node(), one.cause())));
        }

        private record Refused(NodeId node, Cause cause) {}

        private Optional<Refused> back(NodeId node) {
            try {
                plan.driver().writer().tell(node, change(node).from());
                return Optional.empty();
            } catch (DriverException e) {
                return Optional.of(new Refused(node, e.why()));
            }
        }

        /** Steps that an earlier apply began and did not end, on nodes that have by now what they shall. */
        private void settle() throws InterruptedException {
            Set<ResourceId> open = new HashSet<>();
            plan.steps().news().forEach(step -> open.add(step.id()));
            changes.values().forEach(change -> open.remove(change.id()));
            if (!open.isEmpty()) {
                apply(open);
            }
        }

        private void announce(RolloutState before, RolloutState after) {
            after.nodes().forEach((node, progress) -> {
                if (!Optional.ofNullable(before.nodes().get(node))
                        .map(Object::getClass)
                        .equals(Optional.of(progress.getClass()))) {
                    outcome(node, progress)
                            .ifPresent(outcome -> terms.progress().applied(change(node), outcome));
                }
            });
        }

        private Optional<Outcome> outcome(NodeId node, NodeProgress progress) {
            return switch (progress) {
                case NodeProgress.Done(), NodeProgress.Lost() ->
                    Optional.of(new Outcome.Changed(plan.driver().followed(node)));
                case NodeProgress.Failed(Cause cause) -> Optional.of(new Outcome.Failed(cause));
                case NodeProgress.Waiting(), NodeProgress.Returned() -> Optional.empty();
                case NodeProgress.Started _, NodeProgress.Healthy _, NodeProgress.Returning _ -> Optional.empty();
            };
        }

        private SortedMap<NodeId, Cause> failed(RolloutState state) {
            SortedMap<NodeId, Cause> failed = new TreeMap<>();
            state.nodes().forEach((node, progress) -> {
                if (progress instanceof NodeProgress.Failed(Cause cause)) {
                    failed.put(node, cause);
                }
            });
            return failed;
        }

        private List<Cause> failures(RolloutState state, Cause why) {
            List<Cause> failed = List.copyOf(failed(state).values());
            return state.verdict() instanceof Verdict.RolledBack
                    ? Stream.concat(Stream.of(rolledBack(why)), failed.stream()).toList()
                    : failed;
        }

        private Cause rolledBack(Cause why) {
            return new Cause(
                    "the rollout went back, as too many nodes failed: %s".formatted(why.what()),
                    why.where(),
                    "nodes that were reached have what they had before; %s".formatted(why.next()));
        }
    }
}
