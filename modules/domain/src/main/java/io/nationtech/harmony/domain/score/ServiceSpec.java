package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.hardware.Contradiction;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Network;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.PlacementTerms;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said of a service in a container.
 *
 * @param container what each chosen node runs, but for the devices that it gets there
 * @param terms what a node must have to run a replica; it may keep less memory for it than the limit, not more
 * @param previously names that the service had before, the newest first
 * @param reaches services by whose names it reaches them
 */
public record ServiceSpec(
        ServiceName name,
        Container container,
        Replicas replicas,
        PlacementTerms terms,
        List<ServiceName> previously,
        Set<ServiceName> reaches) {
    private static final Memory LEAST_MEMORY = Memory.mebibytes(1);
    private static final DeploymentName ANY = DeploymentName.of("declared");

    public ServiceSpec {
        previously = List.copyOf(previously);
        reaches = Set.copyOf(reaches);
        requireOtherNames(name, previously);
        Network network = container.network();
        container.healthCheck().probe().ifPresent(probe -> requireOwnPort(name, network, probe));
        HealthThresholds thresholds = container.healthCheck().thresholds();
        container.pull().updates().ifPresent(updates -> updates.requireTurnsFor(replicas, thresholds));
        container = container.with(container.resources().reserving(terms.demand()));
        Memory memoryLimit = container.resources().memoryLimit();
        Memory request = terms.demand().memory();
        if (request.compareTo(memoryLimit) > 0) {
            throw new InvalidValueException("service '%s' requests %s of memory, and its limit is %s"
                            .formatted(name, request, memoryLimit))
                    .about(request);
        }
        if (memoryLimit.compareTo(LEAST_MEMORY) < 0) {
            throw new InvalidValueException(
                            "service '%s' is limited to %s of memory, in which nothing starts; was another unit meant?"
                                    .formatted(name, memoryLimit))
                    .about(memoryLimit);
        }
        requirePossible(name, terms);
    }

    static void requireOwnPort(ServiceName name, Network network, Probe probe) {
        List<NodePort> published =
                network.ports().stream().map(PublishedPort::taken).toList();
        if (probe.asked()
                .map(NodePort::tcp)
                .filter(port -> !published.contains(port))
                .isPresent()) {
            throw new InvalidValueException("probe of service '%s' asks port %s, but the service publishes %s"
                            .formatted(
                                    name,
                                    probe.asked().orElseThrow(),
                                    published.stream().map(NodePort::toString).collect(Collectors.joining(", "))))
                    .about(probe);
        }
    }

    private static void requirePossible(ServiceName name, PlacementTerms terms) {
        Optional<Contradiction> needed = terms.needs().contradiction();
        if (needed.isPresent()) {
            throw new InvalidValueException(
                            "service '%s' needs what no node can have: %s".formatted(name, needed.get()))
                    .about(terms.needs().all().getLast());
        }
        if (!terms.likes().isEmpty()) {
            ServiceRef itself = new ServiceRef(ANY, name);
            Optional<Contradiction> asked =
                    terms.workload(new WorkloadId(itself, 0)).contradiction();
            if (asked.isPresent()) {
                throw new InvalidValueException(
                                "service '%s' asks for a place that cannot be: %s".formatted(name, asked.get()))
                        .about(terms.likes().getLast());
            }
        }
    }

    private static void requireOtherNames(ServiceName name, List<ServiceName> previously) {
        for (int i = 0; i < previously.size(); i++) {
            ServiceName old = previously.get(i);
            if (old.equals(name) || previously.subList(0, i).contains(old)) {
                throw new InvalidValueException(
                                "service '%s' had the name '%s' before, which is its name of today or told twice"
                                        .formatted(name, old))
                        .about(old);
            }
        }
    }

    /** One replica, of which only the container is known. */
    static ServiceSpec of(ServiceName name, Container container) {
        return new ServiceSpec(
                name,
                container,
                Replicas.of(1),
                PlacementTerms.of(Demand.of(container.resources().memoryLimit())),
                List.of(),
                Set.of());
    }

    ServiceSpec with(Container other) {
        return new ServiceSpec(name, other, replicas, terms, previously, reaches);
    }

    ServiceSpec with(PlacementTerms others) {
        return new ServiceSpec(name, container, replicas, others, previously, reaches);
    }

    ServiceSpec replicas(Replicas count) {
        return new ServiceSpec(name, container, count, terms, previously, reaches);
    }

    ServiceSpec reaching(Set<ServiceName> others) {
        return new ServiceSpec(
                name,
                container,
                replicas,
                terms,
                previously,
                Stream.concat(reaches.stream(), others.stream()).collect(Collectors.toSet()));
    }

    ServiceSpec memoryLimit(Memory limit) {
        Demand demand = terms.demand();
        boolean followsLimit = demand.memory().equals(container.resources().memoryLimit());
        return new ServiceSpec(
                name,
                container.with(container.resources().limitedTo(limit)),
                replicas,
                followsLimit ? terms.with(demand.with(limit)) : terms,
                previously,
                reaches);
    }

    ServiceSpec previously(ServiceName old) {
        return new ServiceSpec(
                name,
                container,
                replicas,
                terms,
                Stream.concat(previously.stream(), Stream.of(old)).toList(),
                reaches);
    }
}
