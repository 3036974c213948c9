package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import java.util.List;
import java.util.stream.Stream;

/** A service wants more nodes, one a replica, than a part of the topology has machines that have what it needs. */
record MoreReplicasThanMachines() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        List<Copies> apart = graph.copies().stream().filter(Copies::areApart).toList();
        return graph.partsWithMachines().flatMap(part -> apart.stream().flatMap(copies -> of(copies, part)));
    }

    private static Stream<Finding> of(Copies copies, SiteTopology<?> part) {
        List<Machines> offering = copies.offering(part.machines());
        int machines = count(offering);
        return offering.isEmpty() || copies.count() <= machines
                ? Stream.empty()
                : Stream.of(Finding.of(
                        "service '%s' wants %d nodes, one a replica, and topology '%s' has %d machines%s"
                                .formatted(
                                        copies.name(),
                                        copies.count(),
                                        part.name(),
                                        machines,
                                        copies.needs().isEmpty() ? "" : " with " + copies.needs()),
                        copies.name(),
                        part.name()));
    }

    static int count(List<Machines> machines) {
        return machines.stream().mapToInt(some -> some.count().count()).sum();
    }
}
