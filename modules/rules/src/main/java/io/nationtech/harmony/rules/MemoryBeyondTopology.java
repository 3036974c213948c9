package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.SiteTopology;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All replicas together may take more memory than all machines of a part of the topology have. */
record MemoryBeyondTopology() implements Rule {
    private static final BigInteger MEBI = BigInteger.valueOf(1L << 20);

    @Override
    public Stream<Finding> findings(Graph graph) {
        BigInteger wanted =
                graph.copies().stream().map(MemoryBeyondTopology::wanted).reduce(BigInteger.ZERO, BigInteger::add);
        return graph.partsWithMachines()
                .filter(part -> wanted.compareTo(had(part)) > 0)
                .map(part -> Finding.of(
                        "the services may take %s MiB together, most of it '%s', and topology '%s' has %s MiB"
                                .formatted(
                                        wanted.divide(MEBI),
                                        greediest(graph.copies()).name(),
                                        part.name(),
                                        had(part).divide(MEBI)),
                        greediest(graph.copies()).name(),
                        part.name()));
    }

    private static Copies greediest(List<Copies> services) {
        return services.stream()
                .max(Comparator.comparing(MemoryBeyondTopology::wanted))
                .orElseThrow();
    }

    private static BigInteger wanted(Copies service) {
        return times(service.container().resources().memoryLimit().bytes(), service.count());
    }

    private static BigInteger had(SiteTopology<?> part) {
        return part.machines().stream()
                .map(some -> times(some.memory().bytes(), some.count().count()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger times(long amount, int count) {
        return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(count));
    }
}
