package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.FleetInterpret.Commitment;
import io.nationtech.harmony.fleet.ConditionalTelling;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.fleet.NodeReading;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes room without a lock: places on what was read, and tells each node on the condition that it was told nothing since. A node that
 * was is read again, and everything is placed again, with what was told already where it is. When there is no place any more, what was
 * told is taken back; as that may be the fault of somebody who is about to do the same, it is tried again from the beginning, a few
 * times.
 */
final class OptimisticPlacement {
    /** In each round somebody gets on, though perhaps somebody else. */
    private static final int ROUNDS = 40;

    private static final int BEGINNINGS = 4;

    private final Fleet fleet;
    private final DeploymentName deployment;
    private final ConditionalTelling mesh;
    private final PlacementLock.Clocks clocks;
    private final Planner planner;

    /** What each node that was told something here was told of the deployment before; empty when nothing. */
    private final Map<NodeId, Optional<Versioned<DesiredState>>> before = new TreeMap<>();

    private final Map<NodeId, Versioned<DesiredState>> told = new TreeMap<>();

    /** What is wanted where, and what would change by that. */
    interface Planner {
        Planning<DesiredPlacement> place(FleetReading reading) throws InterruptedException;

        FleetPlan plan(FleetReading reading, DesiredPlacement wanted) throws InterruptedException;

        /** Why nothing of a plan may be told to anybody; empty when it may. */
        List<Cause> against(FleetPlan plan);
    }

    OptimisticPlacement(
            Fleet fleet,
            DeploymentName deployment,
            ConditionalTelling mesh,
            PlacementLock.Clocks clocks,
            Planner planner) {
        this.fleet = fleet;
        this.deployment = deployment;
        this.mesh = mesh;
        this.clocks = clocks;
        this.planner = planner;
    }

    /**
     * @param known the fleet as it was read last; what was written since is found out
     */
    Commitment claim(FleetReading known) throws InterruptedException {
        FleetReading now = known;
        int beginnings = 1;
        for (int round = 0; round < ROUNDS; round++) {
            switch (planner.place(now)) {
                case Planning.Impossible<DesiredPlacement>(Cause cause) -> {
                    boolean mayBeOthers = !told.isEmpty() && beginnings < BEGINNINGS;
                    takeBack(Map.copyOf(told).keySet());
                    if (!mayBeOthers) {
                        return refused(List.of(cause));
                    }
                    beginnings++;
                    clocks.pause(Duration.ZERO);
                    now = fleet.reading();
                }
                case Planning.Planned<DesiredPlacement>(DesiredPlacement wanted) -> {
                    FleetPlan plan = planner.plan(asOfTheBeginning(now), wanted);
                    List<Cause> against = planner.against(plan);
                    if (!against.isEmpty()) {
                        takeBack(Map.copyOf(told).keySet());
                        return refused(against);
                    }
                    List<NodeId> conflicts = tell(plan);
                    if (conflicts.isEmpty()) {
                        return new Commitment.Made(plan);
                    }
                    clocks.pause(Duration.ZERO);
                    now = again(now, conflicts);
                }
            }
        }
        takeBack(Map.copyOf(told).keySet());
        return refused(List.of(contended()));
    }

    private static Commitment refused(List<Cause> causes) {
        return new Commitment.Refused(causes);
    }

    /** What was told here is part of the plan's changes, and not of what they begin with. */
    private FleetReading asOfTheBeginning(FleetReading now) {
        Map<NodeId, NodeReading> begun = new HashMap<>();
        before.forEach((id, own) -> Optional.ofNullable(now.nodes().get(id))
                .ifPresent(node -> begun.put(id, node.with(withOwn(node.status(), own), node.newest()))));
        return now.with(begun);
    }

    private NodeStatus withOwn(NodeStatus node, Optional<Versioned<DesiredState>> own) {
        Map<DeploymentName, Versioned<DesiredState>> desired = new HashMap<>(node.desired());
        desired.remove(deployment);
        own.ifPresent(one -> desired.put(deployment, one));
        return new NodeStatus(node.info(), node.liveness(), node.hardware(), desired, node.maintenance());
    }

    /** Tells what is new; returns the nodes that others told something meanwhile. */
    private List<NodeId> tell(FleetPlan plan) throws InterruptedException {
        DesiredStateWriter writer = plan.driver().writer();
        told.forEach(writer::adopt);
        Map<NodeId, NodeSpec> wanted = new HashMap<>();
        for (NodeChange change : plan.additions()) {
            NodeId node = change.node().info().id();
            // What is there and cannot be read is left to the node's step, which says what to do about it.
            if (!writer.isUnreadable(node)) {
                wanted.put(node, change.to());
            }
        }
        takeBack(
                told.keySet().stream().filter(node -> !wanted.containsKey(node)).toList());
        List<Map.Entry<NodeId, NodeSpec>> missing = wanted.entrySet().stream()
                .filter(one -> !writer.told(one.getKey())
                        .map(state -> new NodeSpec(state.value().resources()))
                        .equals(Optional.of(one.getValue())))
                .toList();
        Map<NodeId, Optional<Versioned<DesiredState>>> had = new HashMap<>();
        missing.forEach(one -> had.put(one.getKey(), writer.told(one.getKey())));
        List<Written> results = InParallel.all(missing, one -> writer.tellAtOnce(mesh, one.getKey(), one.getValue()));
        List<NodeId> conflicts = new ArrayList<>();
        for (int at = 0; at < missing.size(); at++) {
            NodeId node = missing.get(at).getKey();
            switch (results.get(at)) {
                case Written.At _ -> {
                    before.putIfAbsent(node, had.getOrDefault(node, Optional.empty()));
                    writer.told(node).ifPresent(now -> told.put(node, now));
                }
                case Written.Conflict() -> conflicts.add(node);
            }
        }
        return conflicts;
    }

    private FleetReading again(FleetReading now, List<NodeId> conflicts) throws InterruptedException {
        Map<NodeId, NodeReading> later = new HashMap<>();
        told.forEach((id, own) -> Optional.ofNullable(now.nodes().get(id))
                .ifPresent(node -> later.put(id, node.with(withOwn(node.status(), Optional.of(own)), own.revision()))));
        InParallel.all(conflicts, fleet::reading)
                .forEach(node ->
                        node.ifPresent(one -> later.put(one.status().info().id(), one)));
        return now.with(later);
    }

    private void takeBack(Collection<NodeId> nodes) throws InterruptedException {
        InParallel.all(List.copyOf(nodes), this::takeBack);
        nodes.forEach(node -> {
            told.remove(node);
            before.remove(node);
        });
    }

    /** Unless somebody told the node something else of the deployment meanwhile. */
    private boolean takeBack(NodeId node) {
        Versioned<DesiredState> own = Optional.ofNullable(told.get(node)).orElseThrow();
        DesiredState back = before.getOrDefault(node, Optional.empty())
                .map(Versioned::value)
                .orElseGet(() -> DesiredState.withdrawn(node, deployment));
        long newest = own.revision();
        while (mesh.tell(back, newest) instanceof Written.Conflict) {
            Optional<NodeReading> now = fleet.reading(node);
            boolean isOurs = now.map(one -> one.status().desired().get(deployment))
                    .filter(own::equals)
                    .isPresent();
            if (!isOurs) {
                return false;
            }
            newest = now.orElseThrow().newest();
        }
        return true;
    }

    private Cause contended() {
        return new Cause(
                "others told the same nodes something, %d times in a row".formatted(ROUNDS),
                "deployment '%s', mesh, bucket desired-state".formatted(deployment),
                "look who else deploys or operates, then deploy again");
    }
}
