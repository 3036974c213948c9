package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What becomes of work when nodes are lost and when they come back: a function of what is known, and of the time. */
public final class Recovery {
    private final Situation situation;
    private final Instant now;
    private final Placer placer;
    private final Map<NodeId, Situation.Seen> seen = new HashMap<>();
    private final Map<WorkloadId, NodeId> wanted = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    private Recovery(Situation situation, Instant now) {
        this.situation = situation;
        this.now = now;
        this.placer = new Placer(situation.latencies());
    }

    /**
     * What to do now: what replaces lost work first, then what stops. Work at nodes that are heard of is left where it is.
     *
     * @throws PlacementException when a piece of work is assigned twice
     */
    public static List<Step> steps(Situation situation, Instant now) {
        return new Recovery(situation, now).all();
    }

    private List<Step> all() {
        situation.nodes().forEach(this::take);
        situation.assigned().forEach(this::take);
        List<Workload> homeless = new ArrayList<>();
        situation.assigned().stream()
                .sorted(Comparator.comparing(assigned -> assigned.workload().id()))
                .forEach(assigned -> judge(assigned, homeless));
        replace(homeless);
        situation.nodes().stream()
                .sorted(Comparator.comparing(node -> node.node().id()))
                .forEach(this::stopStale);
        return List.copyOf(steps);
    }

    /** A lost node takes nothing new, but the work there counts where spread and distance are measured. */
    private void take(Situation.Seen node) {
        seen.put(node.node().id(), node);
        placer.update(
                switch (node.contact()) {
                    case Contact.Heard _ -> node.node();
                    case Contact.SilentSince _ -> node.node().availability(Availability.LOST);
                });
    }

    private void take(Situation.Assigned assigned) {
        if (wanted.put(assigned.workload().id(), assigned.node()) != null) {
            throw new PlacementException("%s is assigned to two nodes, one of them %s"
                    .formatted(assigned.workload().id(), assigned.node()));
        }
        if (seen.containsKey(assigned.node())) {
            placer.adopt(assigned.workload(), assigned.node(), assigned.devices());
        }
    }

    private void judge(Situation.Assigned assigned, List<Workload> homeless) {
        Instant lost;
        Situation.Seen at = seen.get(assigned.node());
        if (at == null) {
            lost = Instant.MIN;
        } else {
            switch (at.contact()) {
                case Contact.Heard _ -> {
                    return;
                }
                case Contact.SilentSince(Instant when) -> lost = when;
            }
        }
        WorkloadId id = assigned.workload().id();
        switch (assigned.workload().onLoss()) {
            case LossPolicy.Stays _ -> steps.add(new Step.Stay(id, assigned.node()));
            case LossPolicy.Moves(Duration tolerance) ->
                waitOrLeave(assigned, assigned.workload(), lost, tolerance, homeless);
            case LossPolicy.FollowsData follows ->
                waitOrLeave(
                        assigned,
                        assigned.workload().likes(new Affinity.WithData(follows.data(), Strength.required())),
                        lost,
                        follows.moves(),
                        homeless);
        }
    }

    private void waitOrLeave(
            Situation.Assigned assigned, Workload leaving, Instant lost, Duration tolerance, List<Workload> homeless) {
        boolean forgotten = lost.equals(Instant.MIN);
        if (forgotten || !now.isBefore(lost.plus(tolerance))) {
            homeless.add(leaving);
        } else {
            steps.add(new Step.Wait(assigned.workload().id(), assigned.node(), lost.plus(tolerance)));
        }
    }

    private void replace(List<Workload> homeless) {
        Map<WorkloadId, NodeId> homes = Map.copyOf(wanted);
        homeless.forEach(workload -> placer.withdraw(workload.id()));
        for (Decision decision : placer.placeAll(homeless)) {
            NodeId from = Objects.requireNonNull(homes.get(decision.workload()));
            switch (decision) {
                case Decision.Placed placed -> moved(placed, from);
                case Decision.Preempting preempting -> {
                    preempting.ended().forEach(ended -> ended(ended.id()));
                    moved(preempting.placed(), from);
                }
                case Decision.Unplaced unplaced -> steps.add(new Step.NoPlace(unplaced.workload(), from));
                case Decision.Refused refused -> steps.add(new Step.NoPlace(refused.workload(), from));
            }
        }
    }

    private void moved(Decision.Placed placed, NodeId from) {
        steps.add(new Step.Replace(placed.workload(), from, placed.node()));
        wanted.put(placed.workload(), placed.node());
    }

    private void ended(WorkloadId victim) {
        NodeId at = wanted.remove(victim);
        if (at != null) {
            steps.add(new Step.Stop(victim, at));
            steps.add(new Step.NoPlace(victim, at));
        }
    }

    private void stopStale(Situation.Seen node) {
        if (!(node.contact() instanceof Contact.Heard)) {
            return;
        }
        for (WorkloadId running : new TreeSet<>(node.running())) {
            boolean belongs = node.node().id().equals(wanted.get(running));
            Step.Stop stop = new Step.Stop(running, node.node().id());
            if (!belongs && !steps.contains(stop)) {
                steps.add(stop);
            }
        }
    }
}
