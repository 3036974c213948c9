package io.nationtech.harmony.resolver;

import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.rules.Finding;
import io.nationtech.harmony.rules.Graph;
import io.nationtech.harmony.rules.Rule;
import java.util.Set;
import java.util.stream.Stream;

/** A service publishes the port at which machines ask the resolver of the same deployment. */
public final class ResolverPortTaken implements Rule {
    private static final Set<NodePort> PORTS = Set.of(NodePort.udp(Resolver.PORT), NodePort.tcp(Resolver.PORT));

    /** For {@link java.util.ServiceLoader}. */
    public ResolverPortTaken() {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.all(Resolver.class).findFirst().map(Resolver::name).stream()
                .flatMap(resolver -> clashes(graph, resolver));
    }

    private static Stream<Finding> clashes(Graph graph, ServiceName resolver) {
        return graph.copies().stream()
                .filter(copies -> copies.ports().anyMatch(PORTS::contains))
                .map(copies -> Finding.of(
                        "service '%s' publishes port 53 of its nodes, where machines ask resolver '%s'; publish another, or leave the resolver out"
                                .formatted(copies.name(), resolver),
                        copies.name(),
                        resolver));
    }
}
