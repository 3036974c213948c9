package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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
                topology.parts(this).stream()
                        .flatMap(part -> part.nodes().stream())
                        .toList(),
                secrets);
    }

    /** Those of the nodes that are so. */
    public Inventory where(Predicate<NodeStatus> holds) {
        return new Inventory(nodes.stream().filter(holds).toList(), secrets);
    }
}
