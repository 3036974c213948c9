package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.mesh.Mesh;
import java.util.Optional;

/**
 * How a node is, at a glance.
 *
 * @param deployments how many it keeps
 * @param failed how many of these it cannot have now
 * @param first who has this node's name, so that it begins nothing
 */
public record NodeSummary(Mesh.Status mesh, int deployments, int failed, Optional<NodeInfo> first) {

    /** How one is whose name is its own. */
    public NodeSummary(Mesh.Status mesh, int deployments, int failed) {
        this(mesh, deployments, failed, Optional.empty());
    }

    /** One line for people. */
    @Override
    public String toString() {
        if (first.isPresent()) {
            return "begins nothing, as another has this node's name: "
                    + first.get().where();
        }
        String connection = switch (mesh) {
            case CONNECTED -> "connected to the mesh";
            case DISCONNECTED -> "mesh away, going on from disk";
        };
        String trouble = failed == 0 ? "" : ", %d failed".formatted(failed);
        return "%s; %d deployment%s%s".formatted(connection, deployments, deployments == 1 ? "" : "s", trouble);
    }
}
