package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.value.DnsName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Aliases lead to one another in a circle, so that none of them ever comes to an address. */
record AliasInCircle() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<DnsName, DnsName> leadsTo = graph.zones().stream()
                .flatMap(zone -> zone.records().stream())
                .filter(DnsRecord.Alias.class::isInstance)
                .map(DnsRecord.Alias.class::cast)
                .collect(Collectors.toMap(
                        DnsRecord.Alias::name, DnsRecord.Alias::target, (first, _) -> first, LinkedHashMap::new));
        Set<DnsName> seen = new HashSet<>();
        return leadsTo.keySet().stream().flatMap(alias -> circle(alias, leadsTo, seen));
    }

    private static Stream<Finding> circle(DnsName begin, Map<DnsName, DnsName> leadsTo, Set<DnsName> seen) {
        Set<DnsName> way = new LinkedHashSet<>();
        DnsName name = begin;
        while (leadsTo.containsKey(name) && seen.add(name)) {
            way.add(name);
            name = leadsTo.getOrDefault(name, name);
        }
        return way.contains(name)
                ? Stream.of(Finding.of(
                        "alias '%s' leads to '%s' and from there back to itself, never to an address"
                                .formatted(name, leadsTo.get(name)),
                        name,
                        leadsTo.getOrDefault(name, name)))
                : Stream.empty();
    }
}
