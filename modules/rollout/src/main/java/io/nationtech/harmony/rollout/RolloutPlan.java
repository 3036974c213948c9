package io.nationtech.harmony.rollout;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.rollout.PlannedChange.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is to be changed, and on what terms. Together with a {@link RolloutState} it decides what comes next; the same state, facts and
 * moment give the same decision, whoever asks.
 *
 * @param changes one a node
 * @param notice so long a node holds at least before others go out of service
 */
public record RolloutPlan(DeploymentName deployment, List<PlannedChange> changes, Rollout rollout, Duration notice) {
    /** One whose nodes are noticed as they are everywhere. */
    public RolloutPlan(DeploymentName deployment, List<PlannedChange> changes, Rollout rollout) {
        this(deployment, changes, rollout, Rollout.NOTICE);
    }

    public RolloutPlan {
        changes = changes.stream()
                .sorted(Comparator.comparing(PlannedChange::node))
                .toList();
    }

    /**
     * A decision, and the rollout as it is once that is done.
     *
     * @param state to be kept before the decision is followed, so that whoever carries on may follow it again
     */
    public record Next(RolloutState state, Decision decision) {}

    /** The same where what is back is noticed after another time. */
    public RolloutPlan noticedAfter(Duration time) {
        return new RolloutPlan(deployment, changes, rollout, time);
    }

    /** The nodes in the order in which they are changed. */
    public List<Wave> waves() {
        return Waves.of(changes, rollout);
    }

    /** The state before anything is done. */
    public RolloutState begin(Instant now) {
        return RolloutState.begin(changes.stream().map(PlannedChange::node).toList(), now);
    }

    /**
     * Decides.
     *
     * @param facts what is known of nodes that were told something; a node without counts as one that said nothing
     */
    public Next next(RolloutState state, Map<NodeId, NodeFact> facts, Instant now) {
        return new Judgement(state.with(observed(state, facts, now)), now).next();
    }

    private Map<NodeId, NodeProgress> observed(RolloutState state, Map<NodeId, NodeFact> facts, Instant now) {
        Map<NodeId, NodeProgress> observed = new HashMap<>();
        if (!state.verdict().isFinal()) {
            state.nodes()
                    .forEach((node, progress) -> observed.put(
                            node,
                            observed(
                                    node,
                                    progress,
                                    facts.getOrDefault(node, new NodeFact.Following("it said nothing")),
                                    hold(state),
                                    now)));
        }
        return observed;
    }

    /** How long a node must hold: others go out of service after it only once it is asked again. */
    private Duration hold(RolloutState state) {
        Duration minHealthy = rollout.pace().minHealthy();
        return minHealthy.compareTo(notice) < 0 && changes.stream().anyMatch(change -> isToGoOut(state, change))
                ? notice
                : minHealthy;
    }

    private static boolean isToGoOut(RolloutState state, PlannedChange change) {
        return switch (change.kind()) {
            case ADDS -> false;
            case CHANGES, REMOVES -> state.nodes().get(change.node()) instanceof NodeProgress.Waiting;
        };
    }

    private NodeProgress observed(NodeId node, NodeProgress progress, NodeFact fact, Duration hold, Instant now) {
        return switch (progress) {
            case NodeProgress.Started(Instant at) ->
                switch (fact) {
                    case NodeFact.Converged() -> held(at, now, hold, now);
                    case NodeFact.Following(String how) -> inTime(node, new NodeProgress.Started(at), at, how, now);
                    case NodeFact.Failed(Cause cause) -> new NodeProgress.Failed(cause);
                    case NodeFact.Lost() -> new NodeProgress.Lost();
                };
            case NodeProgress.Healthy(Instant started, Instant since) ->
                switch (fact) {
                    case NodeFact.Converged() -> held(started, since, hold, now);
                    case NodeFact.Following(String how) ->
                        inTime(node, new NodeProgress.Started(started), started, how, now);
                    case NodeFact.Failed(Cause cause) -> new NodeProgress.Failed(cause);
                    case NodeFact.Lost() -> new NodeProgress.Lost();
                };
            case NodeProgress.Returning(Instant at) ->
                switch (fact) {
                    case NodeFact.Converged() -> new NodeProgress.Returned();
                    case NodeFact.Following(String how) -> inTime(node, progress, at, how, now);
                    case NodeFact.Failed(Cause cause) -> new NodeProgress.Failed(cause);
                    case NodeFact.Lost() -> new NodeProgress.Returned();
                };
            case NodeProgress.Waiting(), NodeProgress.Done(), NodeProgress.Lost(), NodeProgress.Returned() -> progress;
            case NodeProgress.Failed _ -> progress;
        };
    }

    private static NodeProgress held(Instant started, Instant since, Duration hold, Instant now) {
        return now.isBefore(since.plus(hold)) ? new NodeProgress.Healthy(started, since) : new NodeProgress.Done();
    }

    private NodeProgress inTime(NodeId node, NodeProgress progress, Instant since, String how, Instant now) {
        Duration deadline = rollout.pace().deadline();
        return now.isBefore(since.plus(deadline))
                ? progress
                : new NodeProgress.Failed(new Cause(
                        "node '%s' did not follow within %d s: %s".formatted(node, deadline.toSeconds(), how),
                        "node %s, deployment %s".formatted(node, deployment),
                        "`harmony node show %s` and `harmony logs %s` say more; the node goes on trying"
                                .formatted(node, deployment)));
    }

    /** One decision. */
    private final class Judgement {
        private final RolloutState state;
        private final Instant now;

        Judgement(RolloutState state, Instant now) {
            this.state = state;
            this.now = now;
        }

        Next next() {
            return switch (state.verdict()) {
                case Verdict.Running() -> running();
                case Verdict.Paused _ -> waiting();
                case Verdict.RollingBack(Cause why) -> goOnReturning(why);
                case Verdict.Done() -> new Next(state, new Decision.Done());
                case Verdict.Stopped(Cause why) -> new Next(state, new Decision.Stop(why));
                case Verdict.RolledBack(Cause why) -> new Next(state, new Decision.Stop(why));
            };
        }

        private Next running() {
            Optional<Cause> tooMany = tooManyFailed();
            if (tooMany.isPresent()) {
                return end(tooMany.get());
            }
            return waves().stream()
                    .filter(wave -> wave.nodes().stream().anyMatch(this::isOpen))
                    .findFirst()
                    .map(this::goOnWith)
                    .orElseGet(() -> new Next(state.with(new Verdict.Done()), new Decision.Done()));
        }

        private boolean isOpen(NodeId node) {
            NodeProgress progress = progress(node);
            return progress instanceof NodeProgress.Waiting || progress.isUnderWay();
        }

        private NodeProgress progress(NodeId node) {
            return state.nodes().getOrDefault(node, new NodeProgress.Waiting());
        }

        private Next goOnWith(Wave wave) {
            List<NodeId> ready = wave.nodes().stream()
                    .filter(node -> progress(node) instanceof NodeProgress.Waiting)
                    .toList();
            return switch (wave.phase()) {
                case ADD, CANARY -> start(ready);
                case CHANGE -> start(ready.subList(0, Math.clamp(mostAtOnce() - out(), 0, ready.size())));
                case REMOVE -> firstFailure().map(this::end).orElseGet(() -> start(ready));
            };
        }

        private int mostAtOnce() {
            return rollout.waves().of((int) of(Kind.CHANGES).count());
        }

        private Stream<PlannedChange> of(Kind kind) {
            return changes.stream().filter(change -> change.kind() == kind);
        }

        /** Of those whose running work is changed, how many serve nothing for all that is known. */
        private int out() {
            return (int) of(Kind.CHANGES)
                    .map(change -> progress(change.node()))
                    .filter(progress -> progress.isUnderWay() || progress instanceof NodeProgress.Failed)
                    .count();
        }

        private Next start(List<NodeId> nodes) {
            if (nodes.isEmpty()) {
                return isAnyUnderWay() ? waiting() : end(firstFailure().orElseThrow());
            }
            return new Next(
                    state.with(nodes.stream().collect(toMap(node -> node, _ -> new NodeProgress.Started(now)))),
                    new Decision.Start(nodes));
        }

        private boolean isAnyUnderWay() {
            return state.nodes().values().stream().anyMatch(NodeProgress::isUnderWay);
        }

        private Optional<Cause> firstFailure() {
            return failures().findFirst();
        }

        private Stream<Cause> failures() {
            return state.nodes().values().stream()
                    .flatMap(progress ->
                            progress instanceof NodeProgress.Failed(Cause cause) ? Stream.of(cause) : Stream.empty());
        }

        /** A canary is there to be heeded; of all others so many may fail in each failure domain. */
        private Optional<Cause> tooManyFailed() {
            List<PlannedChange> failed = changes.stream()
                    .filter(change -> progress(change.node()) instanceof NodeProgress.Failed)
                    .toList();
            Map<FailureDomain, Long> byDomain =
                    failed.stream().collect(groupingBy(PlannedChange::domain, TreeMap::new, counting()));
            boolean canary = waves().stream()
                    .filter(wave -> wave.phase() == Wave.Phase.CANARY)
                    .flatMap(wave -> wave.nodes().stream())
                    .anyMatch(node -> progress(node) instanceof NodeProgress.Failed);
            boolean over = byDomain.values().stream()
                    .anyMatch(count -> count > rollout.budget().perFailureDomain());
            return canary || over ? firstFailure() : Optional.empty();
        }

        /** What is under way is waited for, as it tells what else is wrong. */
        private Next end(Cause why) {
            return switch (rollout.onFailure()) {
                case STOP ->
                    isAnyUnderWay()
                            ? waiting()
                            : new Next(state.with(new Verdict.Stopped(why)), new Decision.Stop(why));
                case ROLL_BACK -> beginReturning(why);
            };
        }

        /** Nodes that are out of service go back at once. */
        private Next beginReturning(Cause why) {
            List<NodeId> out = state.nodes().entrySet().stream()
                    .filter(node -> node.getValue().isUnderWay() || node.getValue() instanceof NodeProgress.Failed)
                    .map(Map.Entry::getKey)
                    .toList();
            return goBack(state.with(new Verdict.RollingBack(why)), out);
        }

        private Next goOnReturning(Cause why) {
            if (isAnyUnderWay()) {
                return waiting();
            }
            return waves().reversed().stream()
                    .map(wave -> wave.nodes().stream().filter(this::isToReturn).toList())
                    .filter(nodes -> !nodes.isEmpty())
                    .findFirst()
                    .map(nodes -> goBack(state, nodes))
                    .orElseGet(() -> new Next(state.with(new Verdict.RolledBack(why)), new Decision.Stop(why)));
        }

        private boolean isToReturn(NodeId node) {
            return switch (progress(node)) {
                case NodeProgress.Done(), NodeProgress.Lost() -> true;
                case NodeProgress.Waiting(), NodeProgress.Returned() -> false;
                case NodeProgress.Started _, NodeProgress.Healthy _, NodeProgress.Failed _, NodeProgress.Returning _ ->
                    false;
            };
        }

        private Next goBack(RolloutState from, List<NodeId> nodes) {
            return new Next(
                    from.with(nodes.stream().collect(toMap(node -> node, _ -> new NodeProgress.Returning(now)))),
                    new Decision.RollBack(nodes));
        }

        private Next waiting() {
            return new Next(state, new Decision.Wait(nextMoment()));
        }

        private Optional<Instant> nextMoment() {
            Duration deadline = rollout.pace().deadline();
            return state.nodes().values().stream()
                    .flatMap(progress -> switch (progress) {
                        case NodeProgress.Started(Instant at) -> Stream.of(at.plus(deadline));
                        case NodeProgress.Healthy(Instant _, Instant since) -> Stream.of(since.plus(hold(state)));
                        case NodeProgress.Returning(Instant at) -> Stream.of(at.plus(deadline));
                        case NodeProgress.Waiting(),
                                NodeProgress.Done(),
                                NodeProgress.Lost(),
                                NodeProgress.Returned() -> Stream.empty();
                        case NodeProgress.Failed _ -> Stream.empty();
                    })
                    .min(Comparator.naturalOrder());
        }
    }
}
