package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.rules.Finding;
import io.nationtech.harmony.rules.Graph;
import io.nationtech.harmony.rules.Rule;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A name leads to a service that the deployment does not run, or runs otherwise. */
public final class IngressToNothing implements Rule {
    /** For {@link java.util.ServiceLoader}. */
    public IngressToNothing() {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<ServiceName, ContainerService> run = graph.services().stream()
                .collect(Collectors.toMap(ContainerService::name, Function.identity(), (first, _) -> first));
        return graph.all(Ingress.class).flatMap(score -> {
            Ingress<?> ingress = score;
            ServiceName to = ingress.to().name();
            return ingress.to().equals(run.get(to))
                    ? Stream.empty()
                    : Stream.of(Finding.of(
                            (run.containsKey(to)
                                            ? "%s leads to another version of service '%s' than the deployment runs; give the same score to both"
                                            : "%s leads to service '%s', which the deployment does not run; add it by runs(…)")
                                    .formatted(ingress.url(), to),
                            ingress.url().host(),
                            to));
        });
    }
}
