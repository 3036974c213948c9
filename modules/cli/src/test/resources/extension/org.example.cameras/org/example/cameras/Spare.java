package org.example.cameras;

import io.nationtech.harmony.domain.Composite;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FailsOver;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;

/** Scores run at the usual place, and at the spare one while somebody works on every node of that. */
public record Spare<C extends Capability>(
        TopologyName name, Class<C> capabilitySet, Topology<?> usual, Topology<?> spare)
        implements Topology<C> {
    public Spare {
        Composite.require(name, FailsOver.class, capabilitySet, List.of(usual, spare));
    }

    @Override
    public List<Topology<?>> madeOf() {
        return List.of(usual, spare);
    }

    @Override
    public List<Inventory> parts(Inventory all) {
        boolean isClosed = all.within(usual).nodes().stream().allMatch(node -> node.maintenance().isPresent());
        return (isClosed ? spare : usual).parts(all);
    }

    @Override
    public boolean movesWork() {
        return true;
    }
}
