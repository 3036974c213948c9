package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.Replicates;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;

/**
 * Two topologies that each run everything. It has the capabilities that both have and that can be had twice
 * ({@link Replicates}): deploy with the set that is generated for that, as in {@code HomeLabReplicated.of(name, basel, bern)}.
 * More than two are made by nesting.
 */
public record Replicated<C extends Capability>(
        TopologyName name, Class<C> capabilitySet, Topology<?> first, Topology<?> second) implements Topology<C> {
    public Replicated {
        Composite.require(name, Replicates.class, capabilitySet, List.of(first, second));
    }

    @Override
    public List<Topology<?>> madeOf() {
        return List.of(first, second);
    }

    @Override
    public List<Inventory> parts(Inventory all) {
        return madeOf().stream().flatMap(copy -> copy.parts(all).stream()).toList();
    }

    @Override
    public boolean movesWork() {
        return first.movesWork() || second.movesWork();
    }
}
