package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.SiteTopology;
import java.util.stream.Stream;

/** A service wants more nodes, one a replica, than a part of the topology has machines. */
record MoreReplicasThanMachines() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.partsWithMachines().flatMap(part -> {
            int machines = count(part);
            return graph.services().stream()
                    .filter(service -> service.replicas().count() > machines)
                    .map(service -> Finding.of(
                            "service '%s' wants %d nodes, one a replica, and topology '%s' has %d machines"
                                    .formatted(
                                            service.name(), service.replicas().count(), part.name(), machines),
                            service.name(),
                            part.name()));
        });
    }

    private static int count(SiteTopology<?> part) {
        return part.machines().stream()
                .mapToInt(machines -> machines.count().count())
                .sum();
    }
}
