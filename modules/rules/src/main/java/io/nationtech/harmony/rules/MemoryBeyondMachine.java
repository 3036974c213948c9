package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import java.util.Comparator;
import java.util.stream.Stream;

/** A replica may take more memory than the largest machine of a part of the topology has that has all else it needs. */
record MemoryBeyondMachine() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.partsWithMachines().flatMap(part -> graph.copies().stream().flatMap(copies -> of(copies, part)));
    }

    private static Stream<Finding> of(Copies copies, SiteTopology<?> part) {
        return copies.offering(part.machines()).stream()
                .max(Comparator.comparing(Machines::memory))
                .filter(largest -> copies.container().resources().memoryLimit().compareTo(largest.memory()) > 0)
                .map(largest -> Finding.of(
                        "a replica of service '%s' may take %s, and the largest machines of topology '%s'%s, '%s', have %s"
                                .formatted(
                                        copies.name(),
                                        copies.container().resources().memoryLimit(),
                                        part.name(),
                                        copies.needs().isEmpty() ? "" : " with " + copies.needs(),
                                        largest.name(),
                                        largest.memory()),
                        copies.name(),
                        largest.name()))
                .stream();
    }
}
