package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The nodes of a mesh as read at one moment, ordered by id. */
public record Inventory(List<NodeStatus> nodes) {
    public Inventory {
        nodes = nodes.stream()
                .sorted(Comparator.comparing(node -> node.info().id()))
                .toList();
    }

    /** The nodes that stand at the topology's sites and have its capabilities. */
    public Inventory within(Topology<?> topology) {
        Set<SiteName> sites = topology.sites().stream().map(Site::name).collect(Collectors.toSet());
        Set<CapabilityName> capabilities = topology.capabilities();
        return new Inventory(nodes.stream()
                .filter(node -> sites.contains(node.info().site()))
                .filter(node -> node.info().capabilities().containsAll(capabilities))
                .toList());
    }
}
