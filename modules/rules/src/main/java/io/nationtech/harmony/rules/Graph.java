package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Failover;
import io.nationtech.harmony.domain.Replicated;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.DhcpSubnet;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.score.QuorumService;
import io.nationtech.harmony.domain.score.Route;
import io.nationtech.harmony.domain.score.ServiceWithSecrets;
import io.nationtech.harmony.domain.score.StatefulService;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;
import java.util.stream.Stream;

/**
 * A deployment, sorted by what rules ask for.
 *
 * @param scores as they were given
 * @param copies what all scores come to, also those of kinds that the framework does not know
 * @param services also those that are members of a quorum, without what is in scores of other kinds
 * @param parts the topologies on which, at one time or another, every score must find its place
 */
record Graph(
        DeploymentName name,
        Topology<?> topology,
        List<Score<?>> scores,
        List<Copies> copies,
        List<ContainerService> services,
        List<Route> routes,
        List<DnsZone> zones,
        List<DhcpSubnet> subnets,
        List<SiteTopology<?>> parts) {

    static Graph of(Deployment<?> deployment) {
        return new Graph(
                deployment.name(),
                deployment.topology(),
                List.copyOf(deployment.scores()),
                deployment.scores().stream()
                        .flatMap(score -> Copies.of(deployment, score))
                        .toList(),
                Stream.concat(
                                all(deployment, ContainerService.class),
                                all(deployment, QuorumService.class).map(QuorumService::members))
                        .toList(),
                all(deployment, Route.class).toList(),
                all(deployment, DnsZone.class).toList(),
                all(deployment, DhcpSubnet.class).toList(),
                parts(deployment.topology()).toList());
    }

    private static <S> Stream<S> all(Deployment<?> deployment, Class<S> kind) {
        return deployment.scores().stream()
                .map(score -> score instanceof ServiceWithSecrets<?> reading ? reading.service() : score)
                .map(score -> score instanceof StatefulService<?> stateful ? stateful.service() : score)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Stream<SiteTopology<?>> parts(Topology<?> topology) {
        return switch (topology) {
            case SiteTopology<?> sites -> Stream.of(sites);
            case Failover<?> failover -> Stream.concat(parts(failover.primary()), parts(failover.standby()));
            case Replicated<?> replicated -> Stream.concat(parts(replicated.first()), parts(replicated.second()));
        };
    }

    /** Those that promise which machines there are. */
    Stream<SiteTopology<?>> partsWithMachines() {
        return parts.stream().filter(part -> !part.machines().isEmpty());
    }
}
