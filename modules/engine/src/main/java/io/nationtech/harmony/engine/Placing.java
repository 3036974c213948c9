package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.hardware.Contradiction;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.Maintenance.Extent;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.placement.Availability;
import io.nationtech.harmony.placement.Contact;
import io.nationtech.harmony.placement.Decision;
import io.nationtech.harmony.placement.Explanation;
import io.nationtech.harmony.placement.Grant;
import io.nationtech.harmony.placement.Latencies;
import io.nationtech.harmony.placement.PlacementNode;
import io.nationtech.harmony.placement.Placer;
import io.nationtech.harmony.placement.Recovery;
import io.nationtech.harmony.placement.ServiceExplanation;
import io.nationtech.harmony.placement.Situation;
import io.nationtech.harmony.placement.Situation.Assigned;
import io.nationtech.harmony.placement.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides where the tasks of a deployment run on one part of its topology. What runs stays where it is while its node will do; what
 * stood on a lost node goes by its policy; then comes what is new. What other deployments hold is not touched.
 */
final class Placing {
    /** Recovery reckons in instants; here only how long ago counts. */
    private static final Instant NOW = Instant.EPOCH;

    private final DeploymentName deployment;
    private final Inventory part;
    private final Map<NodeId, NodeStatus> nodes = new HashMap<>();
    private final Map<WorkloadId, PlacementRequest> wishes = new TreeMap<>();
    private final Placer placer = new Placer(Latencies.unknown());
    private final Map<WorkloadId, Placement> placed = new TreeMap<>();
    private final Map<WorkloadId, Contradiction> refused = new TreeMap<>();
    private final Map<WorkloadId, NodeId> anchored = new TreeMap<>();
    private final Set<WorkloadId> waiting = new HashSet<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Set<ServiceRef> runByOthers = new HashSet<>();

    /** What a score wants to run. */
    record PlacementRequest(ServiceName score, Task task) {
        Workload workload() {
            return task.workload();
        }

        /** What its node has, the main one with the devices that were found for it. */
        List<NodeResource> placed(List<DeviceGrant> devices) {
            Mobility mobility = Mobility.of(workload().onLoss());
            return task.resources().stream()
                    .map(resource -> resource.placed(resource.equals(task.main()) ? devices : List.of(), mobility))
                    .toList();
        }
    }

    private Placing(DeploymentName deployment, List<PlacementRequest> wishes, Inventory part) {
        this.deployment = deployment;
        this.part = part;
        part.nodes().forEach(node -> nodes.put(node.info().id(), node));
        wishes.forEach(wish -> this.wishes.put(wish.workload().id(), wish));
    }

    static Placing of(DeploymentName deployment, List<PlacementRequest> wishes, Inventory part) {
        Placing placing = new Placing(deployment, wishes, part);
        placing.place();
        return placing;
    }

    private void place() {
        Assignments told = new Assignments(deployment, part);
        List<Assigned> others = told.ofOthers();
        List<Assigned> ours =
                told.of(wishes.values().stream().map(PlacementRequest::task).toList());
        part.nodes().forEach(node -> placer.update(node(node)));
        others.forEach(other -> placer.adopt(other.workload(), other.node(), other.devices()));
        others.forEach(other -> runByOthers.add(other.workload().id().service()));
        Map<Boolean, List<Assigned>> byLoss = ours.stream().collect(Collectors.partitioningBy(this::isAtLostNode));
        List<Assigned> lost = Objects.requireNonNull(byLoss.get(true));
        Map<WorkloadId, Step> steps = lost.isEmpty() ? Map.of() : steps(ours, others);
        lost.forEach(one -> waitOrMove(one, steps));
        Map<Boolean, List<Assigned>> byDrain = Objects.requireNonNull(byLoss.get(false)).stream()
                .collect(Collectors.partitioningBy(this::isAtDrainedNode));
        Objects.requireNonNull(byDrain.get(false)).forEach(this::keepWhereItIs);
        leave(Objects.requireNonNull(byDrain.get(true)));
        placer.placeAll(wishes.values().stream()
                        .map(PlacementRequest::workload)
                        .filter(work -> !placed.containsKey(work.id()) && !anchored.containsKey(work.id()))
                        .toList())
                .forEach(this::settle);
        tellWhatWaits(steps);
    }

    private boolean isAtLostNode(Assigned assigned) {
        return status(assigned.node()).filter(NodeStatus::isAlive).isEmpty();
    }

    private boolean isAtDrainedNode(Assigned assigned) {
        return status(assigned.node())
                .flatMap(NodeStatus::maintenance)
                .filter(told -> told.extent() == Extent.DRAINED)
                .isPresent();
    }

    private Optional<NodeStatus> status(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    private static PlacementNode node(NodeStatus node) {
        PlacementNode known = PlacementNode.of(node.info().id(), Assignments.location(node), node.knownHardware())
                .sharing(node.info().machine().shares());
        return node.isAlive() ? node.maintenance().map(known::in).orElse(known) : known.availability(Availability.LOST);
    }

    private Map<WorkloadId, Step> steps(List<Assigned> ours, List<Assigned> others) {
        List<Assigned> all = new ArrayList<>(others);
        all.addAll(ours);
        List<Situation.Seen> seen = part.nodes().stream()
                .map(node -> new Situation.Seen(node(node), contact(node.liveness()), Set.of()))
                .toList();
        Map<WorkloadId, Step> steps = new HashMap<>();
        Recovery.steps(new Situation(seen, all, Latencies.unknown()), NOW)
                .forEach(step -> steps.put(step.workload(), step));
        return steps;
    }

    private static Contact contact(Liveness liveness) {
        return switch (liveness) {
            case Liveness.Alive _ -> new Contact.Heard();
            case Liveness.Lost(Duration lastHeard) -> new Contact.SilentSince(NOW.minus(lastHeard));
            case Liveness.NeverSeen() -> new Contact.SilentSince(Instant.MIN);
        };
    }

    /** What moves is kept where recovery sends it; all else stays with its node, if that would do for what is wanted by now. */
    private void waitOrMove(Assigned assigned, Map<WorkloadId, Step> steps) {
        if (steps.get(assigned.workload().id()) instanceof Step.Replace replace) {
            placer.keep(assigned.workload(), replace.to(), List.of()).ifPresent(this::settle);
            return;
        }
        if (keepWhereItIs(assigned)) {
            waiting.add(assigned.workload().id());
        }
    }

    /** What may move and finds a place does; all else stays, as its node still has it. */
    private void leave(List<Assigned> leaving) {
        Map<Mobility, List<Assigned>> byMobility = leaving.stream()
                .collect(Collectors.groupingBy(one -> Mobility.of(one.workload().onLoss())));
        for (Assigned bound : byMobility.getOrDefault(Mobility.STAYS, List.of())) {
            if (keepWhereItIs(bound)) {
                pending.add(new Pending(bound.workload().id(), bound.node(), new Pending.BoundToDrained()));
            }
        }
        List<Assigned> moving = byMobility.getOrDefault(Mobility.MOVES, List.of());
        placer.placeAll(moving.stream().map(Assigned::workload).toList()).forEach(this::settle);
        for (Assigned stuck : moving) {
            WorkloadId id = stuck.workload().id();
            if (!placed.containsKey(id) && keepWhereItIs(stuck)) {
                pending.add(new Pending(id, stuck.node(), new Pending.NowhereFromDrained(closest(explain(id)))));
            }
        }
    }

    /** That its node takes nothing new is no reason to leave. */
    private boolean keepWhereItIs(Assigned assigned) {
        PlacementNode closed = status(assigned.node()).map(Placing::node).orElseThrow();
        if (closed.availability() == Availability.OPEN) {
            return keep(assigned);
        }
        placer.update(closed.availability(Availability.OPEN));
        boolean kept = keep(assigned);
        placer.update(closed);
        return kept;
    }

    /** Work that must stay with its node is not placed anew when that will not do any more. */
    private boolean keep(Assigned assigned) {
        Optional<Decision.Placed> kept = placer.keep(assigned.workload(), assigned.node(), assigned.devices());
        kept.ifPresent(this::settle);
        if (kept.isEmpty() && !(assigned.workload().onLoss() instanceof LossPolicy.Moves)) {
            anchored.put(assigned.workload().id(), assigned.node());
        }
        return kept.isPresent();
    }

    private PlacementRequest wish(WorkloadId id) {
        return Optional.ofNullable(wishes.get(id)).orElseThrow();
    }

    private void settle(Decision decision) {
        switch (decision) {
            case Decision.Placed at -> {
                PlacementRequest wish = wish(at.workload());
                placed.put(
                        at.workload(),
                        new Placement(
                                wish.score(),
                                at.node(),
                                wish.placed(
                                        at.devices().stream().map(Grant::told).toList())));
            }
            case Decision.Preempting preempting -> {
                preempting.ended().forEach(ended -> placed.remove(ended.id()));
                settle(preempting.placed());
                preempting.ended().forEach(ended -> settle(placer.place(ended)));
            }
            case Decision.Unplaced _ -> {}
            case Decision.Refused(WorkloadId work, Contradiction pair) -> refused.put(work, pair);
        }
    }

    private void tellWhatWaits(Map<WorkloadId, Step> steps) {
        steps.values().stream()
                .filter(step -> waiting.contains(step.workload()))
                .sorted(Comparator.comparing(Step::workload))
                .forEach(step -> {
                    switch (step) {
                        case Step.Wait(WorkloadId work, NodeId at, Instant until) ->
                            pending.add(new Pending(work, at, new Pending.Tolerated(Duration.between(NOW, until))));
                        case Step.Stay(WorkloadId work, NodeId at) ->
                            pending.add(new Pending(work, at, new Pending.ByPolicy()));
                        case Step.NoPlace(WorkloadId work, NodeId from) ->
                            pending.add(new Pending(work, from, new Pending.NowhereElse(closest(explain(work)))));
                        case Step.Replace _, Step.Stop _ -> {}
                    }
                });
    }

    private Explanation explain(WorkloadId work) {
        return placer.explain(wish(work).workload());
    }

    /** Where everything has its place, and what leads to services knows theirs. */
    List<Placement> placements() {
        return placed.values().stream()
                .map(placement -> placement.leadingTo(this::replicas))
                .toList();
    }

    private List<ServiceReplica> replicas(ServiceName service) {
        return placed.values().stream()
                .filter(placement -> placement.resources().stream()
                        .anyMatch(resource ->
                                resource.service().filter(service::equals).isPresent()))
                .flatMap(placement -> status(placement.node()).stream())
                .map(NodeStatus::info)
                .map(node -> new ServiceReplica(node.id(), node.address()))
                .sorted(Comparator.comparing(ServiceReplica::node))
                .toList();
    }

    /** What waits for a lost node, or cannot leave a drained one. */
    List<Pending> pending() {
        return List.copyOf(pending);
    }

    /** Why not everything has a place. */
    Optional<Cause> failure() {
        return refused.entrySet().stream()
                .findFirst()
                .map(pair -> contradictory(pair.getKey(), pair.getValue()))
                .or(() -> anchored.entrySet().stream()
                        .findFirst()
                        .map(stuck ->
                                alone(stuck.getKey()).orElseGet(() -> anchored(stuck.getKey(), stuck.getValue()))))
                .or(() -> wishes.keySet().stream()
                        .filter(work -> !placed.containsKey(work))
                        .findFirst()
                        .map(work -> alone(work).orElseGet(() -> homeless(work))));
    }

    private Cause contradictory(WorkloadId work, Contradiction pair) {
        return new Cause(
                pair.toString(),
                "needs of %s in deployment '%s'".formatted(work, deployment),
                "drop one of the two: no node can have both");
    }

    /** What it must be beside, of another deployment, and nobody runs. */
    private Optional<Cause> alone(WorkloadId work) {
        return wish(work).workload().affinities().stream()
                .flatMap(affinity -> affinity instanceof Affinity.Near(ServiceRef other, var _, Strength.Required())
                        ? Stream.of(other)
                        : Stream.<ServiceRef>empty())
                .filter(other -> !other.deployment().equals(deployment) && !runByOthers.contains(other))
                .findFirst()
                .map(other -> new Cause(
                        "service '%s' must be beside '%s', which none of %d nodes runs"
                                .formatted(
                                        work.service().service(),
                                        other,
                                        part.nodes().size()),
                        "placement of deployment '%s'".formatted(deployment),
                        "deploy '%1$s' first, on nodes that '%2$s' may use, too; `harmony status %1$s` tells where it runs"
                                .formatted(other.deployment(), deployment)));
    }

    private Cause anchored(WorkloadId work, NodeId node) {
        String miss = explain(work).others().stream()
                .filter(other -> other.node().equals(node))
                .map(other -> other.verdict().toString())
                .collect(Collectors.joining());
        return new Cause(
                "%s must stay with node '%s', which will not do for what it wants now: %s".formatted(work, node, miss),
                "placement of deployment '%s'".formatted(deployment),
                "make room there or ask for less; to move it by hand, withdraw the deployment and deploy it again");
    }

    private Cause homeless(WorkloadId work) {
        Explanation explanation = explain(work);
        long copies = wishes.keySet().stream()
                .filter(other -> other.service().equals(work.service()))
                .count();
        long without = wishes.keySet().stream()
                .filter(other -> other.service().equals(work.service()) && !placed.containsKey(other))
                .count();
        return new Cause(
                "service '%s' has no place for %d of %d replicas: none of %d nodes will do (each wants %s)%s"
                        .formatted(
                                work.service().service(),
                                without,
                                copies,
                                part.nodes().size(),
                                explanation.wanted(),
                                closest(explanation)),
                "placement of deployment '%s'".formatted(deployment),
                "ask for less, add nodes, or withdraw what has the room; `harmony why` with this module says what each node misses");
    }

    private static String closest(Explanation explanation) {
        return explanation.others().stream()
                .filter(other -> !explanation.chosen().equals(Optional.of(other.node())))
                .findFirst()
                .map(other -> "; closest is '%s': %s".formatted(other.node(), other.verdict()))
                .orElse("");
    }

    /** Why each task is where it is, by service. */
    List<ServiceExplanation> explanations() {
        return wishes.keySet().stream()
                .collect(Collectors.groupingBy(
                        WorkloadId::service, TreeMap::new, Collectors.mapping(this::explain, Collectors.toList())))
                .entrySet()
                .stream()
                .map(service -> new ServiceExplanation(service.getKey(), service.getValue()))
                .toList();
    }
}
