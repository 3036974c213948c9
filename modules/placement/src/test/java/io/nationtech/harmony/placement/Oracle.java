package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.hardware.Unit;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Says by plain means, and slowly, whether work may be at a node: the rules once more, without index, heap or increment, for the
 * placer to be held against.
 */
final class Oracle {
    private final Map<NodeId, PlacementNode> nodes = new TreeMap<>();
    private final Map<WorkloadId, Placed> placed = new TreeMap<>();

    record Placed(Workload workload, PlacementNode node, List<Grant> grants) {}

    void node(PlacementNode node) {
        nodes.put(node.id(), node);
    }

    void remove(NodeId node) {
        nodes.remove(node);
    }

    boolean isEmpty(NodeId node) {
        return placed.values().stream().noneMatch(other -> other.node.id().equals(node));
    }

    void place(Workload workload, Decision.Placed decision) {
        placed.put(workload.id(), new Placed(workload, nodes.get(decision.node()), decision.devices()));
    }

    void withdraw(WorkloadId id) {
        placed.remove(id);
    }

    Stream<PlacementNode> fit(Workload workload) {
        return nodes.values().stream().filter(node -> admits(node, workload));
    }

    /** Whether the work may come to the node. */
    boolean admits(PlacementNode node, Workload workload) {
        return suits(node, workload)
                && hasRoom(node, workload)
                && hasPorts(node, workload)
                && hasDevices(node, workload)
                && agrees(node, workload);
    }

    /** Whether the node has the hardware and takes such work, full or not. */
    private boolean suits(PlacementNode node, Workload workload) {
        return node.availability() == Availability.OPEN
                && workload.tolerates().containsAll(node.taints())
                && node.shares().containsAll(workload.shares())
                && workload.needs().all().stream()
                        .allMatch(requirement ->
                                requirement.missedBy(node.hardware()).isEmpty())
                && workload.affinities().stream().allMatch(affinity -> switch (affinity) {
                    case Affinity.AtSite at ->
                        soft(at) || node.location().site().equals(at.site());
                    case Affinity.WithData with -> soft(with) || node.data().contains(with.data());
                    case Affinity.Within within ->
                        soft(within) || node.location().site().equals(within.site());
                    case Affinity.Near _, Affinity.Away _ -> true;
                });
    }

    private static boolean soft(Affinity affinity) {
        return affinity.strength() instanceof Strength.Preferred;
    }

    private Stream<Placed> on(PlacementNode node) {
        return placed.values().stream().filter(other -> other.node.id().equals(node.id()));
    }

    private boolean hasRoom(PlacementNode node, Workload workload) {
        long cpu = on(node).mapToLong(other -> other.workload.demand().cpu().millis())
                .sum();
        long memory = on(node).mapToLong(
                        other -> other.workload.demand().memory().bytes())
                .sum();
        return cpu + workload.demand().cpu().millis() <= node.cpuForWork()
                && memory + workload.demand().memory().bytes() <= node.memoryForWork();
    }

    private boolean hasPorts(PlacementNode node, Workload workload) {
        return on(node).noneMatch(other -> other.workload.ports().stream().anyMatch(workload.ports()::contains));
    }

    /** Tries every combination of units. */
    private boolean hasDevices(PlacementNode node, Workload workload) {
        return combinations(node, workload.needs().claims(), List.of()).anyMatch(grants -> {
            List<Grant> all = new ArrayList<>(
                    on(node).flatMap(other -> other.grants.stream()).toList());
            all.addAll(grants);
            return isSound(node, all);
        });
    }

    private Stream<List<Grant>> combinations(PlacementNode node, List<DeviceClaim> claims, List<Grant> so) {
        if (claims.isEmpty()) {
            return Stream.of(so);
        }
        DeviceClaim claim = claims.getFirst();
        return claim.units(node.hardware()).stream().flatMap(unit -> {
            List<Grant> more = new ArrayList<>(so);
            more.add(new Grant(claim, unit.path()));
            return combinations(node, claims.subList(1, claims.size()), more);
        });
    }

    /** No device is given twice where somebody has it whole, and none beyond what it has. */
    static boolean isSound(PlacementNode node, List<Grant> grants) {
        for (Grant grant : grants) {
            List<Unit> units = grant.claim().units(node.hardware());
            var unit = units.stream()
                    .filter(one -> one.path().equals(grant.device()))
                    .findFirst();
            List<Grant> same = grants.stream()
                    .filter(other -> other.device().equals(grant.device()))
                    .toList();
            long taken =
                    same.stream().mapToLong(other -> other.claim().amount()).sum();
            boolean alone =
                    same.stream().allMatch(other -> other.claim().sharing() == Sharing.SHARED) || same.size() == 1;
            if (unit.isEmpty()
                    || !alone
                    || grant.claim().amount() > 0 && taken > unit.get().capacity()) {
                return false;
            }
        }
        return true;
    }

    private Object place(Scope scope, PlacementNode node) {
        return switch (scope) {
            case NODE -> node.id();
            case FAILURE_DOMAIN -> node.location();
            case SITE -> node.location().site();
        };
    }

    private long copies(ServiceRef service, Scope scope, Object place) {
        return placed.values().stream()
                .filter(other -> other.workload.id().service().equals(service))
                .filter(other -> place(scope, other.node).equals(place))
                .count();
    }

    private boolean exists(ServiceRef service) {
        return placed.keySet().stream().anyMatch(id -> id.service().equals(service));
    }

    private boolean agrees(PlacementNode node, Workload workload) {
        ServiceRef own = workload.id().service();
        boolean mine = workload.affinities().stream()
                .filter(affinity -> !soft(affinity))
                .allMatch(affinity -> switch (affinity) {
                    case Affinity.Near near ->
                        copies(near.service(), near.scope(), place(near.scope(), node)) > 0
                                || near.service().equals(own) && !exists(own);
                    case Affinity.Away away -> copies(away.service(), away.scope(), place(away.scope(), node)) == 0;
                    case Affinity.AtSite _, Affinity.WithData _, Affinity.Within _ -> true;
                });
        boolean others = placed.values().stream()
                .allMatch(other -> other.workload.affinities().stream()
                        .filter(affinity -> !soft(affinity))
                        .noneMatch(affinity -> affinity instanceof Affinity.Away away
                                && away.service().equals(own)
                                && place(away.scope(), other.node).equals(place(away.scope(), node))));
        return mine && others && workload.spread().stream().allMatch(spread -> even(node, workload, spread));
    }

    private boolean even(PlacementNode node, Workload workload, SpreadOver spread) {
        if (spread.strength() instanceof Strength.Preferred) {
            return true;
        }
        var places = new HashSet<Object>();
        nodes.values().stream()
                .filter(other -> suits(other, workload))
                .forEach(other -> places.add(place(spread.scope(), other)));
        ServiceRef own = workload.id().service();
        long fewest = places.stream()
                .mapToLong(place -> copies(own, spread.scope(), place))
                .min()
                .orElse(0);
        long then = copies(own, spread.scope(), place(spread.scope(), node)) + 1;
        return then - fewest <= spread.maxSkew() && then <= spread.most();
    }

    /** What is wrong with how things stand; empty when nothing is. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        for (PlacementNode node : nodes.values()) {
            long cpu = on(node).mapToLong(other -> other.workload.demand().cpu().millis())
                    .sum();
            long memory = on(node).mapToLong(
                            other -> other.workload.demand().memory().bytes())
                    .sum();
            if (cpu > node.cpuForWork() || memory > node.memoryForWork()) {
                found.add("%s gives out %d mCPU of %d, %d bytes of %d"
                        .formatted(node.id(), cpu, node.cpuForWork(), memory, node.memoryForWork()));
            }
            on(node).filter(other -> on(node).anyMatch(another -> another != other
                            && another.workload.ports().stream().anyMatch(other.workload.ports()::contains)))
                    .forEach(other -> found.add("%s shares a port on %s".formatted(other.workload.id(), node.id())));
            List<Grant> grants =
                    on(node).flatMap(other -> other.grants.stream()).toList();
            if (!isSound(node, grants)) {
                found.add("%s gives out devices beyond what they are: %s".formatted(node.id(), grants));
            }
            on(node).filter(other -> !suits(node, other.workload))
                    .forEach(other -> found.add("%s does not suit %s".formatted(node.id(), other.workload)));
            on(node).filter(other -> other.grants.size()
                            != other.workload.needs().claims().size())
                    .forEach(other -> found.add("%s lacks devices on %s".formatted(other.workload.id(), node.id())));
        }
        for (Placed one : placed.values()) {
            for (Affinity affinity : one.workload.affinities()) {
                if (affinity instanceof Affinity.Away away && !soft(away)) {
                    long there = copies(away.service(), away.scope(), place(away.scope(), one.node));
                    if (there > (away.service().equals(one.workload.id().service()) ? 1 : 0)) {
                        found.add("%s stands with %s".formatted(one.workload.id(), away.service()));
                    }
                }
            }
        }
        return found;
    }
}
