package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.Map;
import java.util.stream.Stream;

/** A service publishes the port at which the node itself answers. */
record PortOfTheNode() implements Rule {
    private static final Map<Port, String> ALWAYS =
            Map.of(new Port(22), "people on site reach it by SSH", new Port(4222), "the mesh is reached");

    @Override
    public Stream<Finding> findings(Graph graph) {
        Stream<Finding> always = graph.services().stream()
                .filter(service -> ALWAYS.containsKey(service.port().node()))
                .map(service -> Finding.of(
                        "service '%s' publishes port %s of its nodes, where %s"
                                .formatted(
                                        service.name(),
                                        service.port().node(),
                                        ALWAYS.getOrDefault(service.port().node(), "")),
                        service.name()));
        return Stream.concat(always, graph.zones().stream().limit(1).flatMap(zone -> atDns(graph, zone.name())));
    }

    private static Stream<Finding> atDns(Graph graph, ServiceName zone) {
        return Stream.concat(
                        graph.services().stream()
                                .filter(service -> isDns(service.port().node()))
                                .map(ContainerService::name),
                        graph.routes().stream()
                                .filter(route -> isDns(route.listen()))
                                .map(route -> route.name()))
                .map(name -> Finding.of(
                        "'%s' listens at port 53, where the DNS server of zone '%s' answers".formatted(name, zone),
                        name,
                        zone));
    }

    private static boolean isDns(Port port) {
        return port.equals(new Port(53));
    }
}
