package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.stream.Stream;

/** Two scores listen at one port of a node, as all nodes of a topology are alike and any two scores may meet. */
record HostPortTwice() implements Rule {
    private record Listener(ServiceName name, NodePort port) {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Stream<Listener> services = graph.copies().stream()
                .flatMap(copies -> copies.ports().map(port -> new Listener(copies.name(), port)));
        Stream<Listener> routes =
                graph.routes().stream().map(route -> new Listener(route.name(), NodePort.tcp(route.listen())));
        return Twice.among(
                Stream.concat(services, routes),
                Listener::port,
                (one, other) -> Finding.of(
                        "'%s' and '%s' both listen at port %s of their nodes, and may meet on one; give one another port"
                                .formatted(one.name(), other.name(), one.port()),
                        one.name(),
                        other.name()));
    }
}
