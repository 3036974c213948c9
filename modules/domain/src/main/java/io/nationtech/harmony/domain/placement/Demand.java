package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.Memory;

/** What one copy of a workload takes of its node at any time. A node never gives out more than it has. */
public record Demand(CpuShare cpu, Memory memory) {
    /** What work takes that says nothing of the processor: it waits more than it computes. */
    public static final CpuShare USUAL_CPU = CpuShare.millis(10);

    /** So much memory, and {@link #USUAL_CPU}. */
    public static Demand of(Memory memory) {
        return new Demand(USUAL_CPU, memory);
    }

    /** The same with so much memory. */
    public Demand with(Memory other) {
        return new Demand(cpu, other);
    }

    /** The same with such a share of the processor. */
    public Demand with(CpuShare other) {
        return new Demand(other, memory);
    }

    @Override
    public String toString() {
        return cpu + ", " + memory;
    }
}
