package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds where ending the least work of lower priority makes room. It frees processor, memory, devices and ports; wishes about other work
 * are held against the work as it stands. Least is, in this order: the highest priority that ends, the sum of priorities, the number.
 */
final class Preemption {
    private static final Comparator<Held> DEAREST_FIRST = Comparator.<Held>comparingInt(
                    held -> held.workload().priority().value())
            .thenComparingInt(held -> held.workload().demand().cpu().millis())
            .reversed()
            .thenComparing(held -> held.workload().id());
    private static final Comparator<Ending> LEAST = Comparator.comparingInt(Ending::highest)
            .thenComparingInt(Ending::sum)
            .thenComparingInt(ending -> ending.victims.size())
            .thenComparingInt(Ending::rank);

    private final Workload workload;
    private final Nodes nodes;
    private final Candidates candidates;

    Preemption(Workload workload, Nodes nodes, Candidates candidates) {
        this.workload = workload;
        this.nodes = nodes;
        this.candidates = candidates;
    }

    /** What ends at which node. */
    record Ending(int slot, int rank, List<Held> victims) {
        int highest() {
            return victims.stream()
                    .mapToInt(held -> held.workload().priority().value())
                    .max()
                    .orElse(0);
        }

        int sum() {
            return victims.stream()
                    .mapToInt(held -> held.workload().priority().value())
                    .sum();
        }
    }

    /** The least ending, or one without a victim when none would do. */
    Ending find(Wishes wishes) {
        Ending best = new Ending(-1, 0, List.of());
        for (int slot = candidates.suits().nextSetBit(0);
                slot >= 0;
                slot = candidates.suits().nextSetBit(slot + 1)) {
            if (wishes.extra(slot) != Candidates.NO) {
                Ending here = at(slot);
                if (!here.victims.isEmpty() && (best.slot < 0 || LEAST.compare(here, best) < 0)) {
                    best = here;
                }
            }
        }
        return best;
    }

    private Ending at(int slot) {
        List<Held> lower = new ArrayList<>();
        for (Held held : nodes.held(slot)) {
            if (held.workload().priority().compareTo(workload.priority()) < 0 && !isNeeded(held.workload())) {
                lower.add(held);
            }
        }
        if (lower.isEmpty() || !fitsWithout(slot, lower)) {
            return new Ending(slot, 0, List.of());
        }
        lower.sort(DEAREST_FIRST);
        for (Held dearest : List.copyOf(lower)) {
            List<Held> fewer = new ArrayList<>(lower);
            fewer.remove(dearest);
            if (fitsWithout(slot, fewer)) {
                lower = fewer;
            }
        }
        return new Ending(slot, nodes.rank(slot), lower);
    }

    /** Ending what the work must be near, or a copy that its spread is measured by, would undo the reason to come here. */
    private boolean isNeeded(Workload other) {
        ServiceRef service = other.id().service();
        return service.equals(workload.id().service())
                || workload.affinities().stream()
                        .anyMatch(affinity -> affinity instanceof Affinity.Near near
                                && near.service().equals(service));
    }

    private boolean fitsWithout(int slot, List<Held> leaving) {
        int cpu = nodes.freeCpu(slot);
        long memory = nodes.freeMemory(slot);
        for (Held held : leaving) {
            cpu += held.workload().demand().cpu().millis();
            memory += held.workload().demand().memory().bytes();
        }
        return cpu >= workload.demand().cpu().millis()
                && memory >= workload.demand().memory().bytes()
                && ((workload.needs().claims().isEmpty()
                                && workload.ports().isEmpty()
                                && workload.sharedPorts().isEmpty())
                        || candidates.hasAll(slot, nodes.ledger(slot).without(leaving)));
    }
}
