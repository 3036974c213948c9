package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which nodes live by now, asked again now and then, as one may be lost while it is waited for. For one thread. */
final class NodeLiveness {
    private final Fleet fleet;
    private final Collection<NodeId> nodes;
    private final InstantSource clock;
    private final Map<NodeId, Liveness> known = new HashMap<>();
    private Instant next = Instant.MIN;

    NodeLiveness(Fleet fleet, Collection<NodeId> nodes, InstantSource clock) {
        this.fleet = fleet;
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * Whether a node that shall have nothing left is lost: nobody waits for it. Any other that is lost may be so because of what it was told: it
     * has its time to come back, and then counts as failed.
     */
    boolean isGone(DesiredState told) {
        return told.resources().isEmpty() && isLost(told.node());
    }

    /** While the mesh cannot be asked, what was known last holds. */
    private boolean isLost(NodeId node) {
        if (!clock.instant().isBefore(next)) {
            try {
                known.putAll(fleet.liveness(nodes));
            } catch (MeshUnavailableException _) {
                // The mesh is there again, or the wait ends, soon enough.
            }
            next = clock.instant().plus(Liveness.LOOKING_PERIOD);
        }
        return known.get(node) instanceof Liveness.Lost;
    }
}
