package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two scores listen at one port of a node, as all nodes of a topology are alike and any two scores may meet that need not be apart. */
record HostPortTwice() implements Rule {
    private record Listener(ServiceName name, NodePort port, ServiceRef service, List<Affinity> affinities) {
        private Set<SiteName> sites() {
            return affinities.stream()
                    .flatMap(affinity -> affinity instanceof Affinity.AtSite(SiteName site, Strength.Required())
                            ? Stream.of(site)
                            : Stream.empty())
                    .collect(Collectors.toSet());
        }

        private boolean isAwayFrom(Listener other) {
            return affinities.stream()
                    .anyMatch(affinity -> affinity instanceof Affinity.Away away
                            && away.strength() instanceof Strength.Required
                            && away.service().equals(other.service));
        }

        private boolean mayMeet(Listener other) {
            if (service.equals(other.service)) {
                return true;
            }
            boolean elsewhere = !sites().isEmpty() && !other.sites().isEmpty() && !sites().equals(other.sites());
            return !elsewhere && !isAwayFrom(other) && !other.isAwayFrom(this);
        }
    }

    @Override
    public Stream<Finding> findings(Graph graph) {
        Stream<Listener> services = graph.copies().stream()
                .flatMap(copies -> copies.ports()
                        .map(port -> new Listener(
                                copies.name(),
                                port,
                                copies.workload().id().service(),
                                copies.workload().affinities())));
        Stream<Listener> routes = graph.routes().stream()
                .map(route -> new Listener(
                        route.name(),
                        NodePort.tcp(route.listen()),
                        new ServiceRef(graph.name(), route.name()),
                        List.of()));
        return Stream.concat(services, routes)
                .collect(Collectors.groupingBy(Listener::port, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(HostPortTwice::meeting);
    }

    /** A finding for each that may meet an earlier one. */
    private static Stream<Finding> meeting(List<Listener> listeners) {
        return IntStream.range(1, listeners.size())
                .boxed()
                .flatMap(at -> listeners.subList(0, at).stream()
                        .filter(listeners.get(at)::mayMeet)
                        .limit(1)
                        .map(one -> told(one, listeners.get(at))));
    }

    private static Finding told(Listener one, Listener other) {
        return Finding.of(
                "'%s' and '%s' both listen at port %s of their nodes, and may meet on one; give one another port"
                        .formatted(one.name(), other.name(), one.port()),
                one.name(),
                other.name());
    }
}
