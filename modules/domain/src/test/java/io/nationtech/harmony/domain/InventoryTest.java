package io.nationtech.harmony.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.DnsServer;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private interface HomeLab extends ContainerRuntime, DnsServer {}

    private static final Set<CapabilityName> BOTH = CapabilityName.allOf(HomeLab.class);
    private static final Set<CapabilityName> CONTAINERS = CapabilityName.allOf(ContainerRuntime.class);

    @Test
    void nodesAreOrderedByTheirIds() {
        Inventory inventory =
                new Inventory(List.of(Nodes.alive("b", "x"), Nodes.alive("c", "x"), Nodes.alive("a", "x")));

        assertEquals(List.of("a", "b", "c"), ids(inventory));
    }

    @Test
    void aTopologyReachesTheNodesAtItsSitesThatHaveAllItsCapabilities() {
        Topology<HomeLab> topology =
                Topology.of(TopologyName.of("lab"), HomeLab.class, Site.of("home"), Site.of("office"));
        Inventory inventory = new Inventory(List.of(
                Nodes.at("home", "a", "x", BOTH),
                Nodes.at("office", "b", "x", BOTH),
                Nodes.at("elsewhere", "c", "x", BOTH),
                Nodes.at("home", "d", "x", CONTAINERS),
                Nodes.lost(Nodes.at("home", "e", "x", BOTH))));

        assertEquals(List.of("a", "b", "e"), ids(inventory.within(topology)));
    }

    private static List<String> ids(Inventory inventory) {
        return inventory.nodes().stream()
                .map(node -> node.info().id())
                .map(NodeId::value)
                .toList();
    }
}
