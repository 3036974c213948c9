package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.DnsName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A zone says something of a name that lies in a smaller zone of the deployment, which is the one that is asked; other than who that is. */
record RecordOfOtherZone() implements Rule {
    private record Said(DnsName zone, DnsName name) {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<DnsName, DnsZone> zones = graph.zones().stream()
                .collect(Collectors.toMap(DnsZone::zone, Function.identity(), (first, _) -> first));
        // What the smaller zone has too is told by record-twice.
        Set<Said> said = graph.zones().stream()
                .flatMap(zone -> zone.records().stream().map(record -> new Said(zone.zone(), record.name())))
                .collect(Collectors.toSet());
        return graph.zones().stream()
                .flatMap(zone -> zone.records().stream()
                        .filter(record -> !(record instanceof DnsRecord.NameServer))
                        .map(DnsRecord::name)
                        .distinct()
                        .flatMap(name -> closest(name, zones)
                                .filter(asked -> !asked.zone().equals(zone.zone())
                                        && !said.contains(new Said(asked.zone(), name)))
                                .map(asked -> Finding.of(
                                        "zone '%s' has a record of '%s', for which zone '%s' is asked; put it there"
                                                .formatted(zone.name(), name, asked.name()),
                                        name,
                                        asked.name()))
                                .stream()));
    }

    private static Optional<DnsZone> closest(DnsName name, Map<DnsName, DnsZone> zones) {
        return AliasOfNothing.withParents(name)
                .flatMap(parent -> Optional.ofNullable(zones.get(parent)).stream())
                .findFirst();
    }
}
