package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.hardware.Contradiction;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Requirements;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One copy of a service, and all that decides where it may run.
 *
 * @param affinities at most 16
 * @param spread at most 3
 * @param tolerates taints that it can live with, at most 32
 * @param ports of its node's address that it takes for itself, at most 32
 * @param sharedPorts of its node's address that others which share them may have too, at most 32
 * @param shares that its node must have, at most 64
 */
public record Workload(
        WorkloadId id,
        Demand demand,
        Requirements needs,
        Packing packing,
        List<Affinity> affinities,
        List<SpreadOver> spread,
        Priority priority,
        LossPolicy onLoss,
        Set<Taint> tolerates,
        Set<NodePort> ports,
        Set<NodePort> sharedPorts,
        Set<ShareName> shares) {
    private static final int MOST_AFFINITIES = 16;
    private static final int MOST_SPREADS = 3;
    private static final int MOST_TOLERATED = 32;
    private static final int MOST_PORTS = 32;
    private static final int MOST_SHARES = 64;

    public Workload {
        affinities = List.copyOf(affinities);
        spread = List.copyOf(spread);
        tolerates = Set.copyOf(tolerates);
        ports = Set.copyOf(ports);
        sharedPorts = Set.copyOf(sharedPorts);
        shares = Set.copyOf(shares);
        requireAtMost("affinities", id, affinities.size(), MOST_AFFINITIES);
        requireAtMost("spreads", id, spread.size(), MOST_SPREADS);
        requireAtMost("tolerated taints", id, tolerates.size(), MOST_TOLERATED);
        requireAtMost("ports", id, ports.size(), MOST_PORTS);
        requireAtMost("shared ports", id, sharedPorts.size(), MOST_PORTS);
        requireAtMost("shares", id, shares.size(), MOST_SHARES);
    }

    private static void requireAtMost(String what, WorkloadId id, int count, int most) {
        if (count > most) {
            throw new InvalidValueException("%d %s of %s are more than %d".formatted(count, what, id, most));
        }
    }

    /** Work that any node will do for; packed, of usual priority, stateless. */
    public static Workload of(WorkloadId id, Demand demand) {
        return new Workload(
                id,
                demand,
                Requirements.none(),
                Packing.PACK,
                List.of(),
                List.of(),
                Priority.USUAL,
                LossPolicy.USUAL,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of());
    }

    /** The same, demanding this. */
    public Workload demanding(Demand other) {
        return changed(draft -> draft.demand = other);
    }

    /** The same, needing one more thing of the hardware. */
    public Workload needs(Requirement another) {
        return needing(needs.and(another));
    }

    /** The same, needing just these things of the hardware. */
    public Workload needing(Requirements all) {
        return changed(draft -> draft.needs = all);
    }

    /** The same, with this choice between full and empty nodes. */
    public Workload packed(Packing choice) {
        return changed(draft -> draft.packing = choice);
    }

    /** The same, with one more place that it likes. */
    public Workload likes(Affinity another) {
        List<Affinity> all = new ArrayList<>(affinities);
        all.add(another);
        return changed(draft -> draft.affinities = all);
    }

    /** The same, liking just these places. */
    public Workload liking(List<Affinity> all) {
        return changed(draft -> draft.affinities = all);
    }

    /** The same, with one more rule of spread. */
    public Workload spread(SpreadOver another) {
        List<SpreadOver> all = new ArrayList<>(spread);
        all.add(another);
        return changed(draft -> draft.spread = all);
    }

    /** The same, of this priority. */
    public Workload priority(Priority other) {
        return changed(draft -> draft.priority = other);
    }

    /** The same, with this policy for the loss of its node. */
    public Workload onLoss(LossPolicy policy) {
        return changed(draft -> draft.onLoss = policy);
    }

    /** The same, living with these taints. */
    public Workload tolerates(Set<Taint> taints) {
        return changed(draft -> draft.tolerates = taints);
    }

    /** The same, taking just these ports. */
    public Workload publishing(Set<NodePort> taken) {
        return changed(draft -> draft.ports = taken);
    }

    /** The same, having just these ports beside others that share them. */
    public Workload sharingPorts(Set<NodePort> all) {
        return changed(draft -> draft.sharedPorts = all);
    }

    /** The same, on a node that has just these shares. */
    public Workload using(Set<ShareName> all) {
        return changed(draft -> draft.shares = all);
    }

    /** The same, for another copy. */
    public Workload copy(int replica) {
        return changed(draft -> draft.id = new WorkloadId(id.service(), replica));
    }

    private Workload changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.workload();
    }

    /** One while one thing of it is changed: the one place that passes on all the others. */
    private static final class Draft {
        private WorkloadId id;
        private Demand demand;
        private Requirements needs;
        private Packing packing;
        private List<Affinity> affinities;
        private List<SpreadOver> spread;
        private Priority priority;
        private LossPolicy onLoss;
        private Set<Taint> tolerates;
        private Set<NodePort> ports;
        private Set<NodePort> sharedPorts;
        private Set<ShareName> shares;

        Draft(Workload before) {
            this.id = before.id;
            this.demand = before.demand;
            this.needs = before.needs;
            this.packing = before.packing;
            this.affinities = before.affinities;
            this.spread = before.spread;
            this.priority = before.priority;
            this.onLoss = before.onLoss;
            this.tolerates = before.tolerates;
            this.ports = before.ports;
            this.sharedPorts = before.sharedPorts;
            this.shares = before.shares;
        }

        Workload workload() {
            return new Workload(
                    id,
                    demand,
                    needs,
                    packing,
                    affinities,
                    spread,
                    priority,
                    onLoss,
                    tolerates,
                    ports,
                    sharedPorts,
                    shares);
        }
    }

    /** The first pair of demands that nothing can meet together. */
    public Optional<Contradiction> contradiction() {
        return needs.contradiction().or(this::contradictoryPlaces);
    }

    private Optional<Contradiction> contradictoryPlaces() {
        for (Affinity first : affinities) {
            for (Affinity second : affinities) {
                String why = whyNot(id.service(), first, second);
                if (!why.isEmpty()) {
                    return Optional.of(new Contradiction(first.toString(), second.toString(), why));
                }
            }
        }
        return Optional.empty();
    }

    private static String whyNot(ServiceRef own, Affinity first, Affinity second) {
        if (!(first.strength() instanceof Strength.Required) || !(second.strength() instanceof Strength.Required)) {
            return "";
        }
        if (first instanceof Affinity.AtSite one
                && second instanceof Affinity.AtSite other
                && !one.site().equals(other.site())) {
            return "a node stands at one site";
        }
        if (first instanceof Affinity.Near near
                && second instanceof Affinity.Away away
                && near.service().equals(away.service())
                && !near.service().equals(own)
                && near.scope().compareTo(away.scope()) <= 0) {
            return "what shares a %s shares its %s".formatted(near.scope(), away.scope());
        }
        return "";
    }
}
