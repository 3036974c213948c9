package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The nodes of a mesh as they were read, to decide upon. */
public record FleetReading(SortedMap<NodeId, NodeReading> nodes) {
    public FleetReading {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    static FleetReading of(Collection<NodeReading> nodes) {
        SortedMap<NodeId, NodeReading> byId = new TreeMap<>();
        nodes.forEach(node -> byId.put(node.status().info().id(), node));
        return new FleetReading(byId);
    }

    /** One that was made of nodes alone: what they are told beside what can be read is not known. */
    public static FleetReading of(Inventory inventory) {
        return of(inventory.nodes().stream()
                .map(node -> new NodeReading(
                        node,
                        node.desired().values().stream()
                                .mapToLong(Versioned::revision)
                                .max()
                                .orElse(0),
                        Set.of()))
                .toList());
    }

    /** The nodes alone. */
    public Inventory inventory() {
        return new Inventory(nodes.values().stream().map(NodeReading::status).toList());
    }

    /** The same with some nodes as they were read later. */
    public FleetReading with(Map<NodeId, NodeReading> later) {
        SortedMap<NodeId, NodeReading> all = new TreeMap<>(nodes);
        all.putAll(later);
        return new FleetReading(all);
    }
}
