package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.Applier;
import io.nationtech.harmony.graph.ApplyProgress;
import io.nationtech.harmony.graph.Change;
import io.nationtech.harmony.graph.DriverException;
import io.nationtech.harmony.graph.GraphPlan;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Limits;
import io.nationtech.harmony.graph.Step;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.PayloadTooLargeException;
import io.nationtech.harmony.rollout.Decision;
import io.nationtech.harmony.rollout.NodeFact;
import io.nationtech.harmony.rollout.NodeProgress;
import io.nationtech.harmony.rollout.RolloutPlan;
import io.nationtech.harmony.rollout.RolloutState;
import io.nationtech.harmony.rollout.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
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

/**
 * Carries a rollout on: asks what comes next, keeps that, tells nodes, and hears what they say, until it ends. What was decided last by
 * whoever ran it before is done again first, as it may have been cut off.
 */
final class RolloutRunner {
    /** What nodes say comes in quantities: how far they are is kept so often, while nothing is decided by it. */
    private static final Duration SELDOM = Duration.ofSeconds(1);

    /** So long the mesh may be away: somebody else may run the rollout by then. */
    private static final Duration LONGEST_ABSENCE = Leases.SHORTEST_TERM.multipliedBy(2);

    private static final Logger LOG = System.getLogger(RolloutRunner.class.getName());

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

    /**
     * Steps that an earlier apply began and did not end, on nodes that have by now what they shall. The rollout made those of its own
     * nodes, except where they had been told already: then the journal alone lacks the end.
     */
    void settle(FleetPlan plan, RolloutCourse course) throws InterruptedException {
        Set<ResourceId> made = course.planned().stream()
                .map(change -> FleetInterpret.share(change.node()))
                .collect(Collectors.toSet());
        Set<ResourceId> open = plan.steps().news().stream()
                .filter(step -> !made.contains(step.id()) || isOfTheJournal(step.change()))
                .map(Step::id)
                .collect(Collectors.toSet());
        if (!open.isEmpty()) {
            apply(plan, open);
        }
    }

    /** Whether the world is as it shall be, and the journal does not know. */
    private static boolean isOfTheJournal(Change change) {
        return switch (change) {
            case Change.Adopt(), Change.Forget() -> true;
            case Change.None(), Change.Create _, Change.Update _, Change.Replace _ -> false;
            case Change.Delete(), Change.Unknown _, Change.Unplannable _ -> false;
        };
    }

    private Map<NodeId, Cause> apply(FleetPlan plan, Set<ResourceId> resources) throws InterruptedException {
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

    RolloutEnd run(FleetPlan plan, RolloutCourse course, KeptRollout kept, NodeStateWatch states)
            throws InterruptedException {
        return new Run(plan, course, kept, states).run();
    }

    /** One plan's rollout. */
    private final class Run {
        private final FleetPlan plan;
        private final RolloutCourse course;
        private final KeptRollout kept;
        private final NodeStateWatch states;
        private final NodeLiveness liveness;
        private final RolloutPlan rollout;
        private final Map<NodeId, NodeChange> changes;
        private final Map<NodeId, Cause> refused = new HashMap<>();
        private Instant lastKept = clock.instant();
        private Optional<Instant> awaySince = Optional.empty();

        Run(FleetPlan plan, RolloutCourse course, KeptRollout kept, NodeStateWatch states) {
            this.plan = plan;
            this.course = course;
            this.kept = kept;
            this.states = states;
            this.changes = course.of(plan.driver()
                    .nodes()
                    .collect(Collectors.toMap(node -> node.info().id(), Function.<NodeStatus>identity())));
            this.liveness = new NodeLiveness(fleet, changes.keySet(), clock);
            this.rollout = kept.record().plan(course.planned()).noticedAfter(terms.notice());
        }

        RolloutEnd run() throws InterruptedException {
            RolloutState state = course.state();
            repeat(state);
            while (true) {
                switch (whileAway(kept::look)) {
                    case KeptRollout.Look.Lost(var by) -> {
                        return new RolloutEnd.Taken(by);
                    }
                    case KeptRollout.Look.Ordered(Verdict verdict) -> state = state.with(verdict);
                    case KeptRollout.Look.AsLeft() -> {}
                }
                RolloutPlan.Next next = rollout.next(state, facts(state), clock.instant());
                if (isWorthKeeping(next)) {
                    switch (whileAway(() -> keep(next.state()))) {
                        case KeptRollout.Look.Lost(var by) -> {
                            return new RolloutEnd.Taken(by);
                        }
                        case KeptRollout.Look.Ordered(Verdict verdict) -> {
                            state = state.with(verdict);
                            continue;
                        }
                        case KeptRollout.Look.AsLeft() -> {}
                    }
                    if (awaySince.isPresent()) {
                        states.awaitNews(SELDOM);
                        continue;
                    }
                    lastKept = clock.instant();
                }
                announce(state, next.state());
                state = next.state();
                switch (next.decision()) {
                    case Decision.Start(var nodes) -> start(nodes);
                    case Decision.RollBack(var nodes) -> rollBack(nodes);
                    case Decision.Wait(var until) -> {
                        if (state.verdict() instanceof Verdict.Paused paused && !isAnyUnderWay(state)) {
                            return new RolloutEnd.Paused(paused);
                        }
                        states.awaitNews(timeUntil(until));
                    }
                    case Decision.Done() -> {
                        return new RolloutEnd.Reached(failed(state));
                    }
                    case Decision.Stop(Cause why) -> {
                        return new RolloutEnd.Stopped(failures(state, why));
                    }
                }
            }
        }

        private interface Asking {
            KeptRollout.Look ask();
        }

        /** Only what is kept proves that the mesh is there: a look may need nothing of it. */
        private KeptRollout.Look keep(RolloutState state) {
            KeptRollout.Look look = kept.keep(state);
            awaySince = Optional.empty();
            return look;
        }

        /** The mesh may be away for a moment: nothing is decided meanwhile, as nobody would know of it. */
        private KeptRollout.Look whileAway(Asking asking) {
            try {
                return asking.ask();
            } catch (PayloadTooLargeException e) {
                throw e;
            } catch (MeshUnavailableException e) {
                Instant since = awaySince.orElseGet(clock::instant);
                if (Duration.between(since, clock.instant()).compareTo(LONGEST_ABSENCE) > 0) {
                    throw e;
                }
                LOG.log(Level.DEBUG, "The rollout is kept later: {0}", e.getMessage());
                awaySince = Optional.of(since);
                return new KeptRollout.Look.AsLeft();
            }
        }

        /** What is decided is kept before it is done. */
        private boolean isWorthKeeping(RolloutPlan.Next next) {
            return switch (next.decision()) {
                case Decision.Start _, Decision.RollBack _, Decision.Done(), Decision.Stop _ -> true;
                case Decision.Wait _ ->
                    (next.state().verdict() instanceof Verdict.Paused && !isAnyUnderWay(next.state()))
                            || !clock.instant().isBefore(lastKept.plus(SELDOM));
            };
        }

        private static boolean isAnyUnderWay(RolloutState state) {
            return state.nodes().values().stream().anyMatch(NodeProgress::isUnderWay);
        }

        /** What was decided last may not have been done. */
        private void repeat(RolloutState state) throws InterruptedException {
            if (state.verdict().isFinal()) {
                return;
            }
            List<NodeId> started = among(state, NodeProgress.Started.class, NodeProgress.Healthy.class);
            started.forEach(node -> terms.progress().applying(change(node)));
            List<NodeId> once = started.stream().filter(this::lacksWord).toList();
            tell(once);
            InParallel.all(
                    course.again().stream().filter(node -> !once.contains(node)).toList(),
                    node -> plan.driver().writer().tellAgain(node));
            List<NodeId> returning = among(state, NodeProgress.Returning.class);
            if (!returning.isEmpty()) {
                rollBack(returning);
            }
        }

        private boolean lacksWord(NodeId node) {
            return !told(node).equals(change(node).to());
        }

        private NodeSpec told(NodeId node) {
            return plan.driver()
                    .writer()
                    .told(node)
                    .map(told -> new NodeSpec(told.value().resources()))
                    .orElse(NodeSpec.NOTHING);
        }

        private static List<NodeId> among(RolloutState state, Class<?>... kinds) {
            return state.nodes().entrySet().stream()
                    .filter(node -> Stream.of(kinds).anyMatch(kind -> kind.isInstance(node.getValue())))
                    .map(Map.Entry::getKey)
                    .toList();
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
            if (!plan.driver().isAlive(node)) {
                return new NodeFact.Lost();
            }
            NodeFact said = wait.fact(node, told.get().revision());
            return said instanceof NodeFact.Following
                            && liveness.isGone(told.get().value())
                    ? new NodeFact.Lost()
                    : said;
        }

        private Duration timeUntil(Optional<Instant> moment) {
            return moment.map(until -> Duration.between(clock.instant(), until))
                    .filter(left -> left.compareTo(SELDOM) < 0)
                    .orElse(SELDOM);
        }

        private void start(Collection<NodeId> nodes) throws InterruptedException {
            nodes.forEach(node -> terms.progress().applying(change(node)));
            tell(nodes);
        }

        private void tell(Collection<NodeId> nodes) throws InterruptedException {
            refused.putAll(apply(
                    plan, nodes.stream().map(this::change).map(NodeChange::id).collect(Collectors.toSet())));
        }

        private void rollBack(Collection<NodeId> nodes) throws InterruptedException {
            refused.keySet().removeAll(nodes);
            InParallel.all(nodes, this::back)
                    .forEach(why -> why.ifPresent(one -> refused.put(one.node(), one.cause())));
        }

        private record Refused(NodeId node, Cause cause) {}

        private Optional<Refused> back(NodeId node) {
            DesiredStateWriter writer = plan.driver().writer();
            try {
                if (writer.told(node).isPresent()
                        && told(node).equals(change(node).from())) {
                    // Written all the same: an earlier runner that is about to tell the node otherwise is refused by
                    // that.
                    writer.tellAgain(node);
                } else {
                    writer.tellBack(node, change(node).from());
                }
                return Optional.empty();
            } catch (DriverException e) {
                return Optional.of(new Refused(node, e.why()));
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
                case NodeProgress.Done() ->
                    Optional.of(new Outcome.Changed(plan.driver().followed(node)));
                case NodeProgress.Lost() -> Optional.of(new Outcome.Changed(NodeSpecDriver.followsLater(node)));
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
