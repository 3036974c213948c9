package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.DnsName;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An alias leads to a name of one of the deployment's own zones, which says nothing of it. */
record AliasOfNothing() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Set<String> known = graph.zones().stream().flatMap(AliasOfNothing::said).collect(Collectors.toSet());
        Set<DnsName> zones = graph.zones().stream().map(DnsZone::zone).collect(Collectors.toSet());
        return graph.zones().stream()
                .flatMap(zone -> zone.records().stream()
                        .filter(record -> record instanceof DnsRecord.Alias(DnsName _, DnsName target)
                                && !isKnown(target, known)
                                && isOwn(target, zones))
                        .map(record -> (DnsRecord.Alias) record)
                        .map(alias -> Finding.of(
                                "alias '%s' of '%s' leads to '%s', of which no record of its zone speaks"
                                        .formatted(alias.name(), zone.name(), alias.target()),
                                alias.name(),
                                alias.target())));
    }

    /** What its records are about, and what it follows. */
    private static Stream<String> said(DnsZone zone) {
        return Stream.concat(
                zone.records().stream().map(DnsRecord::owner),
                zone.follows().stream().map(deployment -> "*." + zone.names(deployment)));
    }

    /** Whether something is said of the name, or of all that end as it does. */
    static boolean isKnown(DnsName name, Set<String> known) {
        return known.contains(name.value())
                || withParents(name).skip(1).anyMatch(parent -> known.contains("*." + parent));
    }

    /** Whether the name or one that it ends with is a zone of the deployment. */
    private static boolean isOwn(DnsName name, Set<DnsName> zones) {
        return withParents(name).anyMatch(zones::contains);
    }

    /** The name, and what it ends with, the longest first. */
    static Stream<DnsName> withParents(DnsName name) {
        return Stream.iterate(name.value(), rest -> !rest.isEmpty(), AliasOfNothing::parent)
                .map(DnsName::new);
    }

    private static String parent(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }
}
