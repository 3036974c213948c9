package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A route leads to a service that the deployment does not run, or runs otherwise. */
record RouteToNothing() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<ServiceName, ContainerService> run = graph.services().stream()
                .collect(Collectors.toMap(ContainerService::name, Function.identity(), (first, _) -> first));
        Set<ServiceName> ofOtherKinds = graph.copies().stream()
                .map(Copies::name)
                .filter(name -> !run.containsKey(name))
                .collect(Collectors.toSet());
        return graph.routes().stream()
                .filter(route -> !ofOtherKinds.contains(route.to().name()))
                .filter(route -> !route.to().equals(run.get(route.to().name())))
                .map(route -> Finding.of(
                        (run.containsKey(route.to().name())
                                        ? "route '%s' leads to another version of service '%s' than the deployment runs; give the same score to both"
                                        : "route '%s' leads to service '%s', which the deployment does not run; add it by runs(…)")
                                .formatted(route.name(), route.to().name()),
                        route.name(),
                        route.to().name()));
    }
}
