package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Packing;
import io.nationtech.harmony.domain.placement.Priority;
import io.nationtech.harmony.domain.placement.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Places several pieces of work together. Which order packs best is not known beforehand, so a small batch is tried in several, each time
 * with what made trouble moved to the front ("squeaky wheel", Joslin and Clements 1999); the best try counts. Least work without a place
 * comes first, then fewest nodes opened, then most points. Work that must be near other work always comes after it; work that is spread
 * out is packed where not all finds a place otherwise.
 */
final class Batch {
    private static final int LARGEST_TRIED = 64;
    private static final int ROUNDS = 8;
    private static final Comparator<Try> BEST = Comparator.comparingInt(Try::unplaced)
            .thenComparingInt(Try::opened)
            .thenComparing(Comparator.comparingLong(Try::points).reversed());

    private final Placer placer;
    private final Nodes nodes;

    Batch(Placer placer, Nodes nodes) {
        this.placer = placer;
        this.nodes = nodes;
    }

    /**
     * @param unplaced the sum of what is left without a place, each by its priority
     * @param trouble what to put first in the next try
     */
    private record Try(
            List<Workload> order, Opening opening, int unplaced, int opened, long points, List<Workload> trouble) {}

    List<Decision> place(Collection<Workload> workloads) {
        var hardest = new HardestFirst(nodes);
        List<Workload> first = workloads.stream().sorted(hardest.order()).toList();
        if (first.size() < 2 || first.size() > LARGEST_TRIED) {
            return Neighbours.first(first).stream().map(placer::place).toList();
        }
        Try spread = tried(attempt(first, Opening.SMALLEST), workloads, hardest);
        return settle(spread.unplaced == 0 ? spread : tried(spread, packed(workloads), hardest));
    }

    /** That all fits comes before how it is spread. */
    private static List<Workload> packed(Collection<Workload> workloads) {
        return workloads.stream().map(work -> work.packed(Packing.PACK)).toList();
    }

    /** The best of one that was made and of all that are worth making. */
    private Try tried(Try first, Collection<Workload> workloads, HardestFirst hardest) {
        boolean packs = workloads.stream().anyMatch(Batch::isPacked);
        Try best = first;
        for (Opening opening : Opening.values()) {
            for (Comparator<Workload> by : hardest.orders()) {
                List<Workload> order = workloads.stream().sorted(by).toList();
                for (int round = 0; round < ROUNDS && isWorthTrying(best, packs); round++) {
                    Try next = attempt(order, opening);
                    best = BEST.compare(next, best) < 0 ? next : best;
                    order = forward(order, next.trouble);
                }
            }
        }
        return best;
    }

    private static boolean isPacked(Workload workload) {
        return workload.packing() == Packing.PACK;
    }

    /** Where nothing is packed, it does not matter how many nodes are opened. */
    private static boolean isWorthTrying(Try best, boolean packs) {
        return best.unplaced > 0 || (packs && best.opened > 1);
    }

    /** Places all, looks, and takes all back. */
    private Try attempt(List<Workload> wanted, Opening opening) {
        List<Workload> order = Neighbours.first(wanted);
        List<Held> held = new ArrayList<>();
        Map<Integer, Integer> opened = new HashMap<>();
        List<Workload> unplaced = new ArrayList<>();
        for (Workload workload : order) {
            placer.tryToPut(workload, opening).ifPresentOrElse(held::add, () -> unplaced.add(workload));
        }
        long points = 0;
        for (Held one : held) {
            points += one.points().total();
            if (nodes.held(one.slot()).stream().allMatch(held::contains)) {
                opened.merge(one.slot(), one.workload().demand().cpu().millis(), Integer::sum);
            }
        }
        List<Workload> trouble = unplaced.isEmpty() ? onEmptiest(held, opened) : unplaced;
        held.forEach(one -> placer.withdraw(one.workload().id()));
        int left = unplaced.stream().mapToInt(one -> one.priority().value() + 1).sum();
        return new Try(order, opening, left, opened.size(), points, trouble);
    }

    /** The work on the opened node that has least: could it go elsewhere, one node fewer would do. */
    private List<Workload> onEmptiest(List<Held> held, Map<Integer, Integer> opened) {
        int emptiest = opened.keySet().stream()
                .min(Comparator.<Integer>comparingInt(slot -> nodes.fill(slot, 0, 0))
                        .thenComparing(slot -> nodes.node(slot).id()))
                .orElse(-1);
        return held.stream()
                .filter(one -> one.slot() == emptiest)
                .map(Held::workload)
                .toList();
    }

    private static List<Workload> forward(List<Workload> order, List<Workload> trouble) {
        List<Workload> next = new ArrayList<>(trouble);
        order.stream().filter(workload -> !trouble.contains(workload)).forEach(next::add);
        next.sort(Comparator.comparing(Workload::priority, Comparator.<Priority>reverseOrder()));
        return next;
    }

    private List<Decision> settle(Try best) {
        List<Decision> decisions = new ArrayList<>();
        for (Workload workload : best.order) {
            decisions.add(placer.place(workload, best.opening));
        }
        return decisions;
    }
}
