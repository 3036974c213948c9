package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.placement.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machines that a part of the topology promises have no place for a service, as planning places the whole deployment. */
record HasNoPlace() implements Rule {
    /** Services that are told of one part: what the others miss is mostly what these have. */
    private static final int MOST_TOLD = 8;

    /** Those that are told of one service. */
    private static final int MOST_MISSES = 2;

    /** These know better why a service has no place. */
    private static final List<Rule> BETTER = List.of(
            new AffinityToNothing(),
            new HostPortTwice(),
            new MemoryBeyondMachine(),
            new QuorumTogether(),
            new TogetherAndApart());

    @Override
    public Stream<Finding> findings(Graph graph) {
        List<Workload> all = graph.scores().stream()
                .flatMap(score -> graph.tasks(score).stream())
                .map(Task::workload)
                .toList();
        return graph.partsWithMachines().flatMap(part -> of(part, all, graph));
    }

    private static Stream<Finding> of(SiteTopology<?> part, List<Workload> all, Graph graph) {
        PromisedMachines machines = PromisedMachines.of(part, all);
        if (machines.homeless().isEmpty()) {
            return Stream.empty();
        }
        Set<Record> told = BETTER.stream()
                .flatMap(rule -> rule.findings(graph))
                .flatMap(finding -> finding.sides().stream())
                .collect(Collectors.toSet());
        Map<ServiceRef, List<Workload>> homeless = machines.homeless().stream()
                .collect(Collectors.groupingBy(work -> work.id().service(), LinkedHashMap::new, Collectors.toList()));
        Map<ServiceRef, Long> copies =
                all.stream().collect(Collectors.groupingBy(work -> work.id().service(), Collectors.counting()));
        return homeless.entrySet().stream()
                .filter(Predicate.not(each -> told.contains(each.getKey().service())))
                .limit(MOST_TOLD)
                .flatMap(each -> told(part, machines, each.getValue(), copies.getOrDefault(each.getKey(), 1L)));
    }

    private static Stream<Finding> told(
            SiteTopology<?> part, PromisedMachines machines, List<Workload> homeless, long copies) {
        Explanation why = machines.explain(homeless.getFirst());
        List<PromisedMachines.Closest> closest = machines.closest(why);
        String misses =
                closest.stream().limit(MOST_MISSES).map(Object::toString).collect(Collectors.joining(", then "));
        ServiceName service = homeless.getFirst().id().service().service();
        return closest.stream()
                .limit(1)
                .map(first -> Finding.of(
                        "service '%s' has no place%s on %s of topology '%s': it wants %s; closest are %s; ask for less, or promise machines that have it"
                                .formatted(
                                        service,
                                        copies == 1 ? "" : " for %d of %d replicas".formatted(homeless.size(), copies),
                                        number(part.machines()),
                                        part.name(),
                                        why.wanted(),
                                        misses),
                        service,
                        first.kind().name()));
    }

    private static String number(List<Machines> machines) {
        int all = machines.stream().mapToInt(some -> some.count().count()).sum();
        return all == 1 ? "the one machine" : "the %d machines".formatted(all);
    }
}
