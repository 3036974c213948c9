package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.DnsName;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mail server, a service or a name server is at a name of the deployment's own zones that is an alias or has no address. */
record TargetWithoutAddress() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<DnsName, DnsZone> zones =
                graph.zones().stream().collect(Collectors.toMap(DnsZone::zone, zone -> zone, (first, _) -> first));
        Set<String> aliases = owners(graph, DnsRecord.Alias.class::isInstance);
        Set<String> addresses = Stream.concat(
                        owners(
                                graph,
                                record -> record instanceof DnsRecord.Address || record instanceof DnsRecord.Wildcard)
                                .stream(),
                        graph.zones().stream()
                                .flatMap(zone -> zone.follows().stream().map(followed -> "*." + zone.names(followed))))
                .collect(Collectors.toSet());
        return graph.zones().stream()
                .flatMap(zone -> zone.records().stream())
                .filter(record -> !(record instanceof DnsRecord.Alias))
                .flatMap(record -> record.leadsTo().stream()
                        .filter(target -> AliasOfNothing.withParents(target).anyMatch(zones::containsKey))
                        .flatMap(target -> aliases.contains(target.value())
                                ? Stream.of(told(
                                        record, target, "is an alias; lead to what that stands for (RFC 2181 §10.3)"))
                                : AliasOfNothing.isKnown(target, addresses)
                                        ? Stream.empty()
                                        : Stream.of(told(record, target, "has no address; add one to its zone"))));
    }

    private static Set<String> owners(Graph graph, Predicate<DnsRecord> which) {
        return graph.zones().stream()
                .flatMap(zone -> zone.records().stream())
                .filter(which)
                .map(DnsRecord::owner)
                .collect(Collectors.toSet());
    }

    private static Finding told(DnsRecord record, DnsName target, String why) {
        return Finding.of("'%s' leads to '%s', which %s".formatted(record.owner(), target, why), target);
    }
}
