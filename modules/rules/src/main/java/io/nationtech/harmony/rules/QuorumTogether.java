package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.score.QuorumService;
import io.nationtech.harmony.domain.value.FailureDomain;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** However the replicas of a quorum are spread, the loss of one failure domain takes the majority with it. */
record QuorumTogether() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.partsWithMachines().flatMap(part -> {
            Map<FailureDomain, Integer> domains = domains(part);
            return graph.quorums().stream()
                    .filter(quorum ->
                            room(quorum, domains) < quorum.members().replicas().count())
                    .map(quorum -> Finding.of(
                            "quorum '%s' of %d replicas loses its majority with one failure domain of topology '%s', which has %d"
                                    .formatted(
                                            quorum.name(),
                                            quorum.members().replicas().count(),
                                            part.name(),
                                            domains.size()),
                            quorum.name(),
                            part.name()));
        });
    }

    /** How many replicas find a place when no failure domain takes more than may be lost. */
    private static int room(QuorumService quorum, Map<FailureDomain, Integer> domains) {
        return domains.values().stream()
                .mapToInt(machines -> Math.min(machines, quorum.spare().count()))
                .sum();
    }

    private static Map<FailureDomain, Integer> domains(SiteTopology<?> part) {
        return part.machines().stream()
                .collect(Collectors.groupingBy(
                        Machines::failureDomain,
                        Collectors.summingInt(machines -> machines.count().count())));
    }
}
