package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service wants to be near, or apart from, a service that the deployment does not run, or at a site that its topology does not have. */
record AffinityToNothing() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Set<ServiceName> run = graph.copies().stream()
                .map(copies -> copies.workload().id().service().service())
                .collect(Collectors.toSet());
        return graph.copies().stream()
                .flatMap(copies -> copies.workload().affinities().stream().flatMap(affinity -> switch (affinity) {
                    case Affinity.Near near -> service(copies, near.service(), graph.name(), run);
                    case Affinity.Away away -> service(copies, away.service(), graph.name(), run);
                    case Affinity.AtSite at -> site(copies, at, graph);
                    case Affinity.Within _, Affinity.WithData _ -> Stream.empty();
                }));
    }

    /** What other deployments run is known to planning only. */
    private static Stream<Finding> service(
            Copies copies, ServiceRef other, DeploymentName deployment, Set<ServiceName> run) {
        return other.deployment().equals(deployment) && !run.contains(other.service())
                ? Stream.of(Finding.of(
                        "service '%s' is placed by service '%s', which the deployment does not run"
                                .formatted(copies.name(), other.service()),
                        copies.name(),
                        other.service()))
                : Stream.empty();
    }

    /** What must be there must be everywhere that the work may go to; what is only liked, anywhere. */
    private static Stream<Finding> site(Copies copies, Affinity.AtSite at, Graph graph) {
        Stream<SiteTopology<?>> without = graph.parts().stream()
                .filter(part ->
                        part.sites().stream().noneMatch(site -> site.name().equals(at.site())));
        List<SiteTopology<?>> lacking = without.toList();
        boolean isMet = at.strength() instanceof Strength.Required
                ? lacking.isEmpty()
                : lacking.size() < graph.parts().size();
        return isMet
                ? Stream.empty()
                : Stream.of(Finding.of(
                        "service '%s' is placed at site '%s', which topology '%s' does not have"
                                .formatted(
                                        copies.name(),
                                        at.site(),
                                        lacking.getFirst().name()),
                        copies.name(),
                        lacking.getFirst().name()));
    }
}
