package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Priority;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The order in which several pieces of work find the most room: the dearest first, then what has the fewest places, then the largest. */
record HardestFirst(Nodes nodes) {
    private static final long PARTS = 1_000_000;
    private static final int MEBI = 20;

    Comparator<Workload> order() {
        return orders().getFirst();
    }

    /** That by all of size, then by the larger part of it, by processor, by memory. */
    List<Comparator<Workload>> orders() {
        long cpu = 1;
        long memory = 1;
        for (int slot = nodes.present().nextSetBit(0);
                slot >= 0;
                slot = nodes.present().nextSetBit(slot + 1)) {
            cpu += nodes.node(slot).cpuForWork();
            memory += nodes.node(slot).memoryForWork() >>> MEBI;
        }
        long allCpu = cpu;
        long allMemory = memory;
        ToLongFunction<Demand> processor = demand -> demand.cpu().millis() * PARTS / allCpu;
        ToLongFunction<Demand> store = demand -> (demand.memory().bytes() >>> MEBI) * PARTS / allMemory;
        return List.of(
                by(demand -> processor.applyAsLong(demand) + store.applyAsLong(demand)),
                by(demand -> Math.max(processor.applyAsLong(demand), store.applyAsLong(demand))),
                by(processor),
                by(store));
    }

    /** What keeps it off nodes, whatever its size. */
    private static int conditions(Workload workload) {
        int places = 0;
        for (Affinity affinity : workload.affinities()) {
            places += affinity.strength() instanceof Strength.Required && !(affinity instanceof Affinity.Away) ? 1 : 0;
        }
        return workload.needs().all().size() + workload.shares().size() + places;
    }

    private static Comparator<Workload> by(ToLongFunction<Demand> size) {
        return Comparator.<Workload, Priority>comparing(Workload::priority)
                .thenComparingInt(HardestFirst::conditions)
                .thenComparingLong(workload -> size.applyAsLong(workload.demand()))
                .reversed()
                .thenComparing(Workload::id);
    }
}
