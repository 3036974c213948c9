package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service publishes, or a route listens at, a port at which the node itself answers. */
record PortOfTheNode() implements Rule {
    private static final Map<NodePort, String> ALWAYS = Map.of(
            NodePort.tcp(new Port(22)),
            "people on site reach it by SSH",
            NodePort.tcp(new Port(4222)),
            "the mesh is reached");

    private record Listener(String kind, ServiceName name, NodePort port) {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        List<Listener> listeners = Stream.concat(
                        graph.copies().stream()
                                .flatMap(copies -> copies.ports()
                                        .map(port -> new Listener("service '%s' publishes", copies.name(), port))),
                        graph.routes().stream()
                                .map(route -> new Listener(
                                        "route '%s' listens at", route.name(), NodePort.tcp(route.listen()))))
                .toList();
        Stream<Finding> always = listeners.stream()
                .filter(listener -> ALWAYS.containsKey(listener.port()))
                .map(listener -> Finding.of(
                        (listener.kind() + " port %s of its nodes, where %s")
                                .formatted(listener.name(), listener.port(), ALWAYS.getOrDefault(listener.port(), "")),
                        listener.name()));
        Map<Port, ServiceName> zones = graph.zones().stream()
                .collect(Collectors.toMap(zone -> zone.serving().port(), DnsZone::name, (first, _) -> first));
        return Stream.concat(always, listeners.stream().flatMap(listener -> atDns(listener, zones)));
    }

    private static Stream<Finding> atDns(Listener listener, Map<Port, ServiceName> zones) {
        return Optional.ofNullable(zones.get(listener.port().port())).stream()
                .map(zone -> Finding.of(
                        "'%s' listens at port %s, where the DNS server of zone '%s' answers"
                                .formatted(listener.name(), listener.port().port(), zone),
                        listener.name(),
                        zone));
    }
}
