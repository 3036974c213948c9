package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Machines;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.capability.CapabilityName;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A topology says that its nodes have a capability, and some of its machines do not, so that nothing is ever placed on them. */
record CapabilityWithoutMachine() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.partsWithMachines().flatMap(CapabilityWithoutMachine::of);
    }

    private static Stream<Finding> of(SiteTopology<?> part) {
        return part.machines().stream()
                .filter(Predicate.not(machines -> lacking(part, machines).isEmpty()))
                .map(machines -> Finding.of(
                        "topology '%s' has %s, which its machines '%s' do not offer"
                                .formatted(part.name(), String.join(" and ", lacking(part, machines)), machines.name()),
                        part.name(),
                        machines.name()));
    }

    private static Set<String> lacking(SiteTopology<?> part, Machines machines) {
        Set<CapabilityName> offered = CapabilityName.allOf(machines.offers());
        return part.capabilities().stream()
                .filter(Predicate.not(offered::contains))
                .map(CapabilityName::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
