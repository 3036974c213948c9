package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.DhcpSubnet;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.score.Route;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A deployment, sorted by what rules ask for. */
public final class Graph {
    private final Deployment<?> deployment;
    private final Map<Score<?>, List<Task>> tasks = new LinkedHashMap<>();
    private final List<Copies> copies;
    private final List<ContainerService> services;
    private final List<Route> routes;
    private final List<DnsZone> zones;
    private final List<DhcpSubnet> subnets;
    private final List<SiteTopology<?>> parts;

    private Graph(Deployment<?> deployment) {
        this.deployment = deployment;
        deployment.scores().forEach(score -> tasks.put(score, deployment.tasks(score)));
        this.copies = tasks.entrySet().stream()
                .flatMap(score -> Copies.of(score.getKey(), score.getValue()))
                .toList();
        this.services = all(ContainerService.class).toList();
        this.routes = all(Route.class).toList();
        this.zones = all(DnsZone.class).toList();
        this.subnets = all(DhcpSubnet.class).toList();
        this.parts = deployment.topology().leaves().toList();
    }

    /**
     * The graph of a deployment.
     *
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when a score cannot say what it comes to
     */
    static Graph of(Deployment<?> deployment) {
        return new Graph(deployment);
    }

    /** Scores of a kind, also those that others are made of. */
    public <S> Stream<S> all(Class<S> kind) {
        return scores().stream()
                .flatMap(Graph::withParts)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Stream<Score<?>> withParts(Score<?> score) {
        return Stream.concat(Stream.of(score), score.madeOf().stream().flatMap(Graph::withParts));
    }

    /** The deployment's name. */
    public DeploymentName name() {
        return deployment.name();
    }

    /** What it runs on. */
    public Topology<?> topology() {
        return deployment.topology();
    }

    /** As they were given. */
    public List<Score<?>> scores() {
        return List.copyOf(deployment.scores());
    }

    /** As they were given. */
    public List<SmokeTest> smokeTests() {
        return deployment.smokeTests();
    }

    /** What a score of the deployment comes to where no nodes are known; empty where it cannot tell. */
    public List<Task> tasks(Score<?> score) {
        return tasks.getOrDefault(score, List.of());
    }

    /** What all scores come to, also those of kinds that the framework does not know. */
    public List<Copies> copies() {
        return copies;
    }

    /** Also those that other scores are made of. */
    public List<ContainerService> services() {
        return services;
    }

    /** Routes to services. */
    public List<Route> routes() {
        return routes;
    }

    /** Zones of names. */
    public List<DnsZone> zones() {
        return zones;
    }

    /** Subnets whose machines are given addresses. */
    public List<DhcpSubnet> subnets() {
        return subnets;
    }

    /** The topologies on which, at one time or another, every score must find its place. */
    public List<SiteTopology<?>> parts() {
        return parts;
    }

    /** Those parts that promise which machines there are. */
    public Stream<SiteTopology<?>> partsWithMachines() {
        return parts.stream().filter(part -> !part.machines().isEmpty());
    }
}
