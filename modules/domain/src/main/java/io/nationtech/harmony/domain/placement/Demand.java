package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.Memory;

/** What one copy of a workload takes of its node at any time. A node never gives out more than it has. */
public record Demand(CpuShare cpu, Memory memory) {
    @Override
    public String toString() {
        return cpu + ", " + memory;
    }
}
