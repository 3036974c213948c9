package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.Set;

/**
 * What is known of nodes and of who should run what.
 *
 * @param assigned each piece of work once
 */
public record Situation(List<Seen> nodes, List<Assigned> assigned, Latencies latencies) {
    public Situation {
        nodes = List.copyOf(nodes);
        assigned = List.copyOf(assigned);
    }

    /**
     * A node as last seen.
     *
     * @param running what it said that it runs
     */
    public record Seen(PlacementNode node, Contact contact, Set<WorkloadId> running) {
        public Seen {
            running = Set.copyOf(running);
        }
    }

    /**
     * Work and the node that should run it.
     *
     * @param devices that it was given there
     */
    public record Assigned(Workload workload, NodeId node, List<DeviceGrant> devices) {
        public Assigned {
            devices = List.copyOf(devices);
        }
    }
}
