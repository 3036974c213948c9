package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.hardware.NodeClassName;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.placement.Explanation;
import io.nationtech.harmony.placement.NodeClasses;
import java.util.stream.Stream;

/** A service needs hardware that no machines of a part of the topology have, all at once and with its memory. */
record NeedNoMachineOffers() implements Rule {
    private static final DeploymentName ANY = DeploymentName.of("declared");
    private static final CpuShare LEAST = CpuShare.millis(1);

    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.partsWithMachines()
                .flatMap(part -> graph.services().stream()
                        .filter(service -> !service.terms().needs().all().isEmpty())
                        .filter(service -> fitsByMemory(service, part))
                        .flatMap(service -> unmet(service, part)));
    }

    /** What fits nowhere by its limit is told by {@link MemoryBeyondMachine}. */
    private static boolean fitsByMemory(ContainerService service, SiteTopology<?> part) {
        return part.machines().stream().anyMatch(some -> service.memoryLimit().compareTo(some.memory()) <= 0);
    }

    private static Stream<Finding> unmet(ContainerService service, SiteTopology<?> part) {
        // Processors are seldom declared, and requests of them are small: they are left to placing.
        Demand demand = service.terms().demand().with(LEAST);
        Workload copy = Workload.of(new WorkloadId(new ServiceRef(ANY, service.name()), 0), demand)
                .needing(service.terms().needs());
        return NodeClasses.explain(
                copy, part.machines().stream().map(Machines::kind).toList())
                .flatMap(Explanation::closest)
                .map(closest -> finding(service, part, closest))
                .stream();
    }

    private static Finding finding(ContainerService service, SiteTopology<?> part, Explanation.Other closest) {
        return Finding.of(
                "service '%s' needs %s, and no machines of topology '%s' offer that; closest are '%s': %s"
                        .formatted(
                                service.name(),
                                String.join(
                                        " and ",
                                        service.terms().needs().all().stream()
                                                .map(Object::toString)
                                                .toList()),
                                part.name(),
                                closest.node(),
                                closest.verdict()),
                service.name(),
                NodeClassName.of(closest.node().value()));
    }
}
