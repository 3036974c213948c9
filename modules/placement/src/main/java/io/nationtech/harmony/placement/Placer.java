package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Contradiction;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.placement.Priority;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts work on nodes: among those that have what the work needs and room for it, always the best by points, and the first by id among
 * equals. The same calls give the same decisions. Not for more than one thread at a time.
 */
public final class Placer {
    /** Nodes in all candidates that are kept together; each costs 16 bytes. */
    private static final int KEPT = 6_000_000;

    private static final int FEWEST_SHAPES = 64;
    private static final int MOST_SHAPES = 1_024;

    private static final int KEPT_FEATURES = 1_024;

    private final Latencies latencies;
    private final Nodes nodes = new Nodes();
    private final Services services = new Services();
    private final Map<WorkloadId, Held> placed = new HashMap<>();
    private final TreeMap<Priority, Integer> priorities = new TreeMap<>();
    private final SequencedMap<WorkloadId, Workload> waiting = new LinkedHashMap<>();
    private final Map<Requirement, Feature> features = new HashMap<>();
    private final LinkedHashMap<Shape, Candidates> shapes = new LinkedHashMap<>(FEWEST_SHAPES, 0.75f, true);

    /** Knows no node yet. */
    public Placer(Latencies latencies) {
        this.latencies = latencies;
    }

    /** Takes a node in, or what it says anew of itself. Nothing moves by this: see {@link #reconsider(NodeId, int)}. */
    public void update(PlacementNode node) {
        int known = nodes.slot(node.id());
        boolean same = known >= 0 && nodes.node(known).hardware().equals(node.hardware());
        List<Held> there = known >= 0 ? List.copyOf(nodes.held(known)) : List.of();
        there.forEach(held -> services.count(nodes, held, -1));
        int slot = nodes.put(node);
        there.forEach(held -> services.count(nodes, held, 1));
        if (!same) {
            features.values().forEach(feature -> feature.look(slot, node.hardware()));
        }
    }

    /** Forgets a node; the work that was there has no place any more, and is returned ordered by id. */
    public List<Workload> remove(NodeId node) {
        int slot = nodes.slot(node);
        if (slot < 0) {
            return List.of();
        }
        List<Workload> left = nodes.held(slot).stream()
                .map(Held::workload)
                .sorted(Comparator.comparing(Workload::id))
                .toList();
        left.forEach(workload -> withdraw(workload.id()));
        nodes.remove(slot);
        return left;
    }

    /**
     * Decides where the work runs and puts it there.
     *
     * @throws PlacementException when it has a place already
     */
    public Decision place(Workload workload) {
        return place(workload, Opening.SMALLEST);
    }

    Decision place(Workload workload, Opening opening) {
        requireUnplaced(workload);
        Optional<Contradiction> contradiction = workload.contradiction();
        if (contradiction.isPresent()) {
            return new Decision.Refused(workload.id(), contradiction.get());
        }
        Candidates candidates = candidates(workload, opening);
        var wishes = new Wishes(workload, services, nodes, candidates);
        int slot = candidates.best(wishes);
        if (slot >= 0) {
            return put(workload, slot, candidates, wishes);
        }
        return preempt(workload, candidates, wishes);
    }

    /**
     * Places several together: in the order in which they pack best, the dearest first, but never before what it must be near. The
     * decisions come in that order; of two decisions for packed work, one may have fewer points than it would have had alone.
     */
    public List<Decision> placeAll(Collection<Workload> workloads) {
        return new Batch(this, nodes).place(workloads);
    }

    /** Places it where there is room and says where; empty when there is none, and nothing is ended or waits for that. */
    Optional<Held> tryToPut(Workload workload, Opening opening) {
        requireUnplaced(workload);
        if (workload.contradiction().isPresent()) {
            return Optional.empty();
        }
        Candidates candidates = candidates(workload, opening);
        var wishes = new Wishes(workload, services, nodes, candidates);
        int slot = candidates.best(wishes);
        if (slot < 0) {
            return Optional.empty();
        }
        Held held = new Held(workload, slot, told(candidates.grants(slot)), points(slot, candidates, wishes));
        hold(held);
        return Optional.of(held);
    }

    private void requireUnplaced(Workload workload) {
        Held there = placed.get(workload.id());
        if (there != null) {
            throw new PlacementException("%s runs on %s already; withdraw it before it is placed again"
                    .formatted(workload.id(), nodes.node(there.slot()).id()));
        }
    }

    private Decision.Placed put(Workload workload, int slot, Candidates candidates, Wishes wishes) {
        return put(workload, slot, candidates.grants(slot), points(slot, candidates, wishes));
    }

    private Decision.Placed put(Workload workload, int slot, List<Grant> grants, Points points) {
        hold(new Held(workload, slot, told(grants), points));
        return new Decision.Placed(workload.id(), nodes.node(slot).id(), grants, points);
    }

    private static List<DeviceGrant> told(List<Grant> grants) {
        return grants.isEmpty() ? List.of() : grants.stream().map(Grant::told).toList();
    }

    private void hold(Held held) {
        nodes.take(held);
        services.count(nodes, held, 1);
        placed.put(held.workload().id(), held);
        priorities.merge(held.workload().priority(), 1, Integer::sum);
        waiting.remove(held.workload().id());
    }

    private static Points points(int slot, Candidates candidates, Wishes wishes) {
        int spread = wishes.spread(slot);
        return new Points(
                candidates.packing(slot),
                candidates.places(slot),
                candidates.scarce(slot),
                wishes.extra(slot) - spread,
                spread);
    }

    private Decision preempt(Workload workload, Candidates candidates, Wishes wishes) {
        if (!priorities.isEmpty() && priorities.firstKey().compareTo(workload.priority()) < 0) {
            Preemption.Ending ending = new Preemption(workload, nodes, candidates).find(wishes);
            if (!ending.victims().isEmpty()) {
                List<Workload> ended =
                        ending.victims().stream().map(Held::workload).toList();
                ended.forEach(victim -> {
                    withdraw(victim.id());
                    waiting.put(victim.id(), victim);
                });
                candidates.prepare();
                Wishes after = new Wishes(workload, services, nodes, candidates);
                return new Decision.Preempting(put(workload, ending.slot(), candidates, after), ended);
            }
        }
        waiting.put(workload.id(), workload);
        return new Decision.Unplaced(workload.id());
    }

    /**
     * Takes in work that runs there already, whether or not this placer would have put it there.
     *
     * @throws PlacementException when the node is unknown or the work has a place already
     */
    public void adopt(Workload workload, NodeId node) {
        adopt(workload, node, told(candidates(workload).grants(requireKnown(workload, node))));
    }

    /**
     * Takes in work that runs there already with these devices, whatever it claims, so that nobody else gets them.
     *
     * @throws PlacementException when the node is unknown or the work has a place already
     */
    public void adopt(Workload workload, NodeId node, List<DeviceGrant> devices) {
        requireUnplaced(workload);
        int slot = requireKnown(workload, node);
        Candidates candidates = candidates(workload);
        var wishes = new Wishes(workload, services, nodes, candidates);
        int extra = wishes.extra(slot) == Candidates.NO ? 0 : wishes.extra(slot) - wishes.spread(slot);
        hold(new Held(
                workload,
                slot,
                devices,
                new Points(
                        candidates.packing(slot),
                        candidates.places(slot),
                        candidates.scarce(slot),
                        extra,
                        wishes.spread(slot))));
    }

    private int requireKnown(Workload workload, NodeId node) {
        int slot = nodes.slot(node);
        if (slot < 0) {
            throw new PlacementException(
                    "%s runs on %s, which is not known; take in the node first".formatted(workload.id(), node));
        }
        return slot;
    }

    /**
     * Leaves work where it runs, if that node would still do for it, however good others are by now; its devices stay the same where its
     * claims allow. Empty when the node will not do.
     *
     * @throws PlacementException when the node is unknown or the work has a place already
     */
    public Optional<Decision.Placed> keep(Workload workload, NodeId node, List<DeviceGrant> devices) {
        requireUnplaced(workload);
        int slot = requireKnown(workload, node);
        if (workload.contradiction().isPresent()) {
            return Optional.empty();
        }
        Candidates candidates = candidates(workload);
        var wishes = new Wishes(workload, services, nodes, candidates);
        if (total(slot, candidates, wishes) == Candidates.NO) {
            return Optional.empty();
        }
        Set<DevicePath> preferred = devices.stream().map(DeviceGrant::path).collect(Collectors.toUnmodifiableSet());
        return Optional.of(put(workload, slot, candidates.grants(slot, preferred), points(slot, candidates, wishes)));
    }

    /** Gives back what the work holds; empty when it has no place. It does not wait for one any more either. */
    public Optional<Workload> withdraw(WorkloadId id) {
        waiting.remove(id);
        Held held = placed.remove(id);
        if (held == null) {
            return Optional.empty();
        }
        nodes.release(held);
        services.count(nodes, held, -1);
        priorities.compute(held.workload().priority(), (_, count) -> count == null || count == 1 ? null : count - 1);
        return Optional.of(held.workload());
    }

    /** Where the work runs. */
    public Optional<NodeId> nodeOf(WorkloadId id) {
        return Optional.ofNullable(placed.get(id))
                .map(held -> nodes.node(held.slot()).id());
    }

    /** Work that was refused a place or lost it, in the order in which that happened. */
    public List<Workload> waiting() {
        return List.copyOf(waiting.values());
    }

    /**
     * Looks at one piece of work again: it moves when it must not stay where it is, or when another node is better by more than the
     * threshold. Moving costs people more than a few points are worth. Work that must not stay and finds no other place stays, and so
     * does work on a closed node.
     *
     * @param threshold in points, zero or more; {@link Points} says what a point is
     */
    public Optional<Move> reconsider(WorkloadId id, int threshold) {
        Held before = placed.get(id);
        if (before == null || nodes.node(before.slot()).availability() == Availability.CLOSED) {
            return Optional.empty();
        }
        Workload workload = before.workload();
        withdraw(id);
        Candidates candidates = candidates(workload);
        var wishes = new Wishes(workload, services, nodes, candidates);
        int best = candidates.best(wishes);
        int stay = total(before.slot(), candidates, wishes);
        boolean leaves = best >= 0
                && best != before.slot()
                && (stay == Candidates.NO || total(best, candidates, wishes) - stay > threshold);
        if (!leaves) {
            hold(before);
            return Optional.empty();
        }
        int gain = stay == Candidates.NO ? Integer.MAX_VALUE : total(best, candidates, wishes) - stay;
        put(workload, best, candidates, wishes);
        return Optional.of(
                new Move(id, nodes.node(before.slot()).id(), nodes.node(best).id(), gain));
    }

    private static int total(int slot, Candidates candidates, Wishes wishes) {
        int points = candidates.pointsOf(slot);
        int extra = wishes.extra(slot);
        return points == Candidates.NO || extra == Candidates.NO ? Candidates.NO : points + extra;
    }

    /**
     * Looks again at what a changed node touches: the work on it, and the work that waits and would find its place there. Work
     * elsewhere is left alone.
     *
     * @return what moved away; what found its place is no longer in {@link #waiting}
     */
    public List<Move> reconsider(NodeId changed, int threshold) {
        int slot = nodes.slot(changed);
        if (slot < 0) {
            return List.of();
        }
        List<Move> moves = nodes.held(slot).stream().map(held -> held.workload().id()).sorted().toList().stream()
                .flatMap(id -> reconsider(id, threshold).stream())
                .toList();
        for (Workload workload : List.copyOf(waiting.values())) {
            Candidates candidates = candidates(workload);
            var wishes = new Wishes(workload, services, nodes, candidates);
            if (total(slot, candidates, wishes) != Candidates.NO) {
                put(workload, candidates.best(wishes), candidates, wishes);
            }
        }
        return moves;
    }

    /** Why the work is where it is, or why it is nowhere, told against all nodes as they are now. */
    public Explanation explain(Workload workload) {
        Optional<Held> there = Optional.ofNullable(placed.get(workload.id()));
        there.ifPresent(held -> withdraw(workload.id()));
        try {
            Candidates candidates = candidates(workload);
            var wishes = new Wishes(workload, services, nodes, candidates);
            var misses = new Misses(workload, nodes, services, candidates, latencies);
            List<Explanation.Other> others = new ArrayList<>();
            for (int slot = nodes.present().nextSetBit(0);
                    slot >= 0;
                    slot = nodes.present().nextSetBit(slot + 1)) {
                List<Misses.Missed> missed = misses.of(slot);
                others.add(new Explanation.Other(
                        nodes.node(slot).id(),
                        missed.isEmpty()
                                ? new Explanation.Fits(points(slot, candidates, wishes))
                                : Explanation.Unfit.of(missed)));
            }
            return Explanation.of(
                    workload, there.map(held -> nodes.node(held.slot()).id()), others);
        } finally {
            there.ifPresent(this::hold);
        }
    }

    private Candidates candidates(Workload workload) {
        return candidates(workload, Opening.SMALLEST);
    }

    private Candidates candidates(Workload workload, Opening opening) {
        nodes.order();
        if (features.size() > KEPT_FEATURES) {
            features.clear();
            shapes.clear();
        }
        Candidates candidates = shapes.computeIfAbsent(
                Shape.of(workload, opening), shape -> new Candidates(shape, nodes, latencies, this::feature));
        if (shapes.size() > Math.clamp(KEPT / (nodes.size() + 1), FEWEST_SHAPES, MOST_SHAPES)) {
            shapes.pollFirstEntry();
        }
        candidates.prepare();
        return candidates;
    }

    private Feature feature(Requirement requirement) {
        return features.computeIfAbsent(requirement, asked -> new Feature(asked, nodes));
    }
}
