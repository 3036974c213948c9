package io.nationtech.harmony.resolver;

import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.rules.Finding;
import io.nationtech.harmony.rules.Graph;
import io.nationtech.harmony.rules.Rule;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A resolver hands names to a zone that the deployment does not serve, or serves elsewhere. */
public final class ResolverZoneToNothing implements Rule {
    /** For {@link java.util.ServiceLoader}. */
    public ResolverZoneToNothing() {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<ServiceName, DnsZone> served = graph.zones().stream()
                .collect(Collectors.toMap(DnsZone::name, Function.identity(), (first, _) -> first));
        return graph.all(Resolver.class)
                .flatMap(resolver -> resolver.zones().stream()
                        .flatMap(zone -> zone.servedBy().stream()
                                .filter(service -> Optional.ofNullable(served.get(service))
                                        .filter(known -> isAt(zone, known))
                                        .isEmpty())
                                .map(service -> Finding.of(
                                        (served.containsKey(service)
                                                        ? "resolver '%s' hands names of '%s' to another version of '%s' than the deployment serves; give the same zone to both"
                                                        : "resolver '%s' hands names of '%s' to zone '%s', which the deployment does not serve; add it by runs(…)")
                                                .formatted(resolver.name(), zone.zone(), service),
                                        resolver.name(),
                                        service))));
    }

    private static boolean isAt(HandedZone zone, DnsZone served) {
        return served.zone().equals(zone.zone()) && served.serving().port().equals(zone.port());
    }
}
