package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.NodeState;
import java.time.Instant;
import java.util.List;

/**
 * The fleet as a view had it at one moment, for one deployment.
 *
 * @param asOf all that was written until then is in it, by the mesh's clock; what was written later may be
 * @param states how far every node is with the deployment, ordered by node
 */
public record FleetSnapshot(Instant asOf, FleetReading reading, List<NodeState> states) {
    public FleetSnapshot {
        states = List.copyOf(states);
    }

    /** The nodes alone. */
    public Inventory inventory() {
        return reading.inventory();
    }
}
