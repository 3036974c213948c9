package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Priority;
import io.nationtech.harmony.domain.placement.Workload;
import java.util.Comparator;

/** The order in which several pieces of work find the most room: the dearest first, then what has the fewest places, then the largest. */
record HardestFirst(Nodes nodes) {
    private static final long PARTS = 1_000_000;

    Comparator<Workload> order() {
        long cpu = 1;
        long memory = 1;
        for (int slot = nodes.present().nextSetBit(0);
                slot >= 0;
                slot = nodes.present().nextSetBit(slot + 1)) {
            cpu += nodes.node(slot).cpuForWork();
            memory += nodes.node(slot).memoryForWork() >>> 20;
        }
        long allCpu = cpu;
        long allMemory = memory;
        return Comparator.<Workload, Priority>comparing(Workload::priority)
                .thenComparingInt(workload -> workload.needs().claims().size())
                .thenComparingLong(workload -> size(workload.demand(), allCpu, allMemory))
                .reversed()
                .thenComparing(Workload::id);
    }

    private static long size(Demand demand, long cpu, long memory) {
        return demand.cpu().millis() * PARTS / cpu + (demand.memory().bytes() >>> 20) * PARTS / memory;
    }
}
