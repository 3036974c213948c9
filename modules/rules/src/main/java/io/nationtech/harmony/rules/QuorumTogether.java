package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.value.FailureDomain;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** However the replicas of a quorum are spread, the loss of one failure domain takes the majority with it. */
record QuorumTogether() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        List<Copies> spread = graph.copies().stream()
                .filter(copies -> copies.mostTogether() < copies.count())
                .toList();
        return graph.partsWithMachines().flatMap(part -> spread.stream().flatMap(copies -> of(copies, part)));
    }

    private static Stream<Finding> of(Copies copies, SiteTopology<?> part) {
        Map<FailureDomain, Integer> domains = copies.offering(part.machines()).stream()
                .collect(Collectors.groupingBy(
                        Machines::failureDomain,
                        Collectors.summingInt(machines -> machines.count().count())));
        return domains.isEmpty() || room(copies, domains) >= copies.count()
                ? Stream.empty()
                : Stream.of(Finding.of(
                        "quorum '%s' of %d replicas loses its majority with one failure domain of topology '%s', which has %d%s"
                                .formatted(
                                        copies.name(),
                                        copies.count(),
                                        part.name(),
                                        domains.size(),
                                        copies.needs().isEmpty() ? "" : " with " + copies.needs()),
                        copies.name(),
                        part.name()));
    }

    /** How many replicas find a place when no failure domain takes more than may be lost. */
    private static int room(Copies copies, Map<FailureDomain, Integer> domains) {
        return domains.values().stream()
                .mapToInt(machines -> Math.min(machines, copies.mostTogether()))
                .sum();
    }
}
