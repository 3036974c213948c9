package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.Written;

/**
 * Tells a node something unless it was told anything, about whichever deployment or its maintenance, since it was read. Room, ports and
 * devices are a node's own, so this is all that keeps two deployments from taking the same.
 *
 * <p>Every method throws {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public interface ConditionalTelling {

    /**
     * Tells what to have.
     *
     * @param newest as it was read: {@link NodeReading#newest}
     */
    Written tell(DesiredState desired, long newest);

    /** Tells that somebody works on the node. */
    Written begin(Maintenance maintenance, long newest);

    /** Tells that nobody works on the node any more. */
    Written endMaintenance(NodeId node, long newest);
}
