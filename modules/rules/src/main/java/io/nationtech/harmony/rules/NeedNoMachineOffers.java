package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.hardware.NodeClassName;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.placement.Explanation;
import io.nationtech.harmony.placement.NodeClasses;
import java.util.stream.Stream;

/** A service needs hardware that no machines of a part of the topology have, all at once and with its memory. */
record NeedNoMachineOffers() implements Rule {
    private static final CpuShare LEAST = CpuShare.millis(1);

    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.partsWithMachines()
                .flatMap(part -> graph.copies().stream()
                        .filter(copies -> !copies.workload().needs().all().isEmpty())
                        .filter(copies -> fitsByMemory(copies, part))
                        .flatMap(copies -> unmet(copies, part)));
    }

    /** What fits nowhere by its limit is told by {@link MemoryBeyondMachine}. */
    private static boolean fitsByMemory(Copies copies, SiteTopology<?> part) {
        return part.machines().stream()
                .anyMatch(some -> copies.container().resources().memoryLimit().compareTo(some.memory()) <= 0);
    }

    private static Stream<Finding> unmet(Copies copies, SiteTopology<?> part) {
        // Processors are seldom declared, and requests of them are small: they are left to placing.
        Demand demand = copies.workload().demand().with(LEAST);
        Workload copy = Workload.of(copies.workload().id(), demand)
                .needing(copies.workload().needs());
        return NodeClasses.explain(
                copy, part.machines().stream().map(Machines::kind).toList())
                .flatMap(Explanation::closest)
                .map(closest -> finding(copies, part, closest))
                .stream();
    }

    private static Finding finding(Copies copies, SiteTopology<?> part, Explanation.Other closest) {
        return Finding.of(
                "service '%s' needs %s, and no machines of topology '%s' offer that; closest are '%s': %s"
                        .formatted(copies.name(), copies.needs(), part.name(), closest.node(), closest.verdict()),
                copies.name(),
                NodeClassName.of(closest.node().value()));
    }
}
