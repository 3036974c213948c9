package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.RememberedEndpoints;
import io.nationtech.harmony.driver.SetDriver;
import io.nationtech.harmony.endpoint.Endpoint;
import io.nationtech.harmony.endpoint.UsedEndpoints;
import io.nationtech.harmony.endpoint.UsedEndpointsKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leads containers to services of other deployments by one haproxy, which has an address on its node for each. Where their replicas are, their nodes say;
 * without a mesh it goes on with what it knew last, and haproxy finds out who still answers.
 */
public final class EndpointDriver implements SetDriver<UsedEndpoints> {
    private static final UsedEndpointsKind KIND = new UsedEndpointsKind();
    private static final String AT = "@";

    private final Proxy proxy;
    private final RememberedEndpoints<EndpointReplica> known;
    private final List<Consumer<DeploymentName>> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<Owned, UsedEndpoints> wanted = Map.of();

    EndpointDriver(Proxy proxy, Path disk, DeploymentEndpoints endpoints) {
        this.proxy = proxy;
        this.known = new RememberedEndpoints<>(disk.resolve("replicas"), EndpointReplica.FORM, endpoints, this::moved);
    }

    /** For {@link java.util.ServiceLoader}; a node without haproxy leads nowhere. */
    public static DriverProvider provider() {
        return context -> HaproxyDriver.program().map(program -> of(context, program));
    }

    private static EndpointDriver of(NodeContext context, Path program) {
        return new EndpointDriver(
                Proxy.of(context, KIND.name(), ProxyUnit.Purpose.ENDPOINTS, program),
                context.onDisk(KIND.name()),
                context.others());
    }

    @Override
    public ResourceKind<UsedEndpoints> kind() {
        return KIND;
    }

    /** Whoever uses something of that deployment is to be looked at. */
    private void moved(DeploymentName deployment) {
        wanted.entrySet().stream()
                .filter(used -> used.getValue().endpoints().stream()
                        .anyMatch(endpoint -> endpoint.deployment().equals(deployment)))
                .map(used -> used.getKey().deployment())
                .distinct()
                .forEach(user -> listeners.forEach(listener -> listener.accept(user)));
    }

    @Override
    public void onChange(Consumer<DeploymentName> changed) {
        listeners.add(changed);
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        Map<Owned, String> own = loaded().of(deployment);
        if (own.isEmpty()) {
            return List.of();
        }
        Replicas replicas = Replicas.of(proxy.process().worker());
        return own.entrySet().stream()
                .map(one -> status(one.getKey().resource(), endpoints(one.getValue()), replicas))
                .toList();
    }

    /** One that nobody takes connections of is nothing that the node could mend. */
    private static ResourceStatus status(ResourceId id, List<String> endpoints, Replicas replicas) {
        if (!replicas.areKnown()) {
            return ResourceStatus.of(id, Phase.STOPPED).detail("haproxy does not answer");
        }
        boolean isAllThere = endpoints.stream().allMatch(endpoint -> replicas.up(endpoint) > 0);
        return ResourceStatus.of(id, Phase.READY)
                .health(isAllThere ? Health.HEALTHY : Health.UNKNOWN)
                .detail(endpoints.stream()
                        .map(endpoint -> words(endpoint, replicas))
                        .collect(Collectors.joining("; ")));
    }

    private static String words(String endpoint, Replicas replicas) {
        int all = replicas.all(endpoint);
        return all == 0
                ? "no replica of %s is known to take connections".formatted(endpoint)
                : "%d of %d replicas of %s take connections".formatted(replicas.up(endpoint), all, endpoint);
    }

    @Override
    public Map<Owned, Outcome> converge(Map<Owned, UsedEndpoints> all, Function<DeploymentName, Means> means) {
        wanted = Map.copyOf(all);
        try {
            return all.isEmpty() ? end() : lead(all);
        } catch (IOException e) {
            return Loaded.failed(all.keySet(), proxy.unwritable(e));
        }
    }

    private Map<Owned, Outcome> end() throws IOException {
        proxy.end();
        known.forget();
        LocalRoute.remove();
        return Map.of();
    }

    private Map<Owned, Outcome> lead(Map<Owned, UsedEndpoints> all) throws IOException {
        Set<Endpoint> endpoints =
                all.values().stream().flatMap(used -> used.endpoints().stream()).collect(Collectors.toSet());
        known.listenTo(endpoints.stream().map(Endpoint::deployment).collect(Collectors.toSet()));
        SortedMap<Endpoint, List<EndpointReplica>> replicas = new TreeMap<>();
        // Also of those that have none.
        endpoints.forEach(endpoint -> replicas.put(
                endpoint,
                known.of(endpoint.deployment()).stream()
                        .filter(replica -> replica.endpoint().equals(endpoint))
                        .toList()));
        known.save();
        Loaded before = proxy.process().isRunning() ? loaded() : Loaded.NOTHING;
        Loaded after = new Loaded(ways(all, replicas));
        Optional<Cause> failure = LocalRoute.add();
        if (failure.isEmpty() && !before.equals(after)) {
            failure = proxy.takeUp(new EndpointConfig(proxy.process(), replicas).text(), Map.of());
        }
        if (failure.isPresent()) {
            return Loaded.failed(all.keySet(), failure.get());
        }
        if (!before.equals(after)) {
            after.write(proxy.files().folder());
        }
        return after.since(before, way -> "%s lead to %s".formatted(way.getKey(), way.getValue()));
    }

    private Loaded loaded() {
        return Loaded.read(proxy.files().folder(), KIND.name());
    }

    /** Of each user, its endpoints and where they are now. */
    private static SortedMap<Owned, String> ways(
            Map<Owned, UsedEndpoints> all, Map<Endpoint, List<EndpointReplica>> replicas) {
        SortedMap<Owned, String> ways = new TreeMap<>();
        all.forEach((owned, used) -> ways.put(
                owned,
                used.endpoints().stream()
                        .map(endpoint ->
                                "%s%s%s".formatted(endpoint, AT, nodes(replicas.getOrDefault(endpoint, List.of()))))
                        .collect(Collectors.joining(" "))));
        return ways;
    }

    private static String nodes(List<EndpointReplica> at) {
        return at.stream()
                .map(replica ->
                        "%s/%s".formatted(replica.node(), replica.address().withPort(replica.port())))
                .collect(Collectors.joining(","));
    }

    private static List<String> endpoints(String ways) {
        return Stream.of(ways.split(" ")).map(way -> way.split(AT, 2)[0]).toList();
    }

    /** What it leads to goes on. */
    @Override
    public void close() {
        known.close();
    }
}
