package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes of a mesh as read at one moment, ordered by id.
 *
 * @param secrets the newest version of each secret that is of interest, 1 and up
 */
public record Inventory(List<NodeStatus> nodes, Map<SecretRef, Long> secrets) {
    public Inventory {
        secrets = Map.copyOf(secrets);
        nodes = nodes.stream()
                .sorted(Comparator.comparing(node -> node.info().id()))
                .toList();
    }

    /** Nodes alone. */
    public Inventory(List<NodeStatus> nodes) {
        this(nodes, Map.of());
    }

    /** The same nodes, with the versions of secrets. */
    public Inventory with(Map<SecretRef, Long> versions) {
        return new Inventory(nodes, versions);
    }

    /**
     * A secret in its newest version.
     *
     * @throws InvalidValueException when its version is not in here
     */
    public MountedSecret mounted(SecretRef secret) {
        Long version = secrets.get(secret);
        if (version == null) {
            throw new InvalidValueException("no version of secret '%s' is known".formatted(secret.name()));
        }
        return new MountedSecret(secret, version);
    }

    /** The nodes on which the topology's scores may run now. */
    public Inventory within(Topology<?> topology) {
        return new Inventory(
                parts(topology).stream().flatMap(part -> part.nodes().stream()).toList(), secrets);
    }

    /** The nodes on which the topology's scores may run now, apart where each score runs more than once: once in each part. */
    public List<Inventory> parts(Topology<?> topology) {
        return switch (topology) {
            case SiteTopology<?> sites -> List.of(at(sites));
            case Failover<?> failover -> parts(isSilent(failover) ? failover.standby() : failover.primary());
            case Replicated<?> replicated ->
                Stream.of(replicated.first(), replicated.second())
                        .flatMap(copy -> parts(copy).stream())
                        .toList();
        };
    }

    private boolean isSilent(Failover<?> failover) {
        return within(failover.primary()).nodes().stream()
                .map(NodeStatus::liveness)
                .allMatch(liveness -> switch (liveness) {
                    case Liveness.Alive _ -> false;
                    case Liveness.Lost(Duration lastHeard) ->
                        lastHeard.compareTo(failover.takeOver().after()) > 0;
                    case Liveness.NeverHeard() -> true;
                });
    }

    private Inventory at(SiteTopology<?> topology) {
        Set<SiteName> sites = topology.sites().stream().map(Site::name).collect(Collectors.toSet());
        Set<CapabilityName> capabilities = topology.capabilities();
        return new Inventory(
                nodes.stream()
                        .filter(node -> sites.contains(node.info().site()))
                        .filter(node -> node.info().capabilities().containsAll(capabilities))
                        .toList(),
                secrets);
    }
}
