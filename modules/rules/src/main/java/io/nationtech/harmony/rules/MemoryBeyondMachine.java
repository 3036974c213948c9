package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import java.util.Comparator;
import java.util.stream.Stream;

/** A replica may take more memory than the largest machine of a part of the topology has. */
record MemoryBeyondMachine() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.partsWithMachines().flatMap(part -> {
            Machines largest = part.machines().stream()
                    .max(Comparator.comparing(Machines::memory))
                    .orElseThrow();
            return graph.services().stream()
                    .filter(service -> service.memoryLimit().compareTo(largest.memory()) > 0)
                    .map(service -> Finding.of(
                            "a replica of service '%s' may take %s, and the largest machines of topology '%s', '%s', have %s"
                                    .formatted(
                                            service.name(),
                                            service.memoryLimit(),
                                            part.name(),
                                            largest.name(),
                                            largest.memory()),
                            service.name(),
                            largest.name()));
        });
    }
}
