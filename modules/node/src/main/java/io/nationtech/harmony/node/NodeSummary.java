package io.nationtech.harmony.node;

import io.nationtech.harmony.mesh.Mesh;

/**
 * How a node is, at a glance.
 *
 * @param deployments how many it keeps
 * @param failed how many of these it cannot have now
 */
public record NodeSummary(Mesh.Status mesh, int deployments, int failed) {

    /** One line for people. */
    @Override
    public String toString() {
        String connection = switch (mesh) {
            case CONNECTED -> "connected to the mesh";
            case DISCONNECTED -> "mesh away, going on from disk";
        };
        String trouble = failed == 0 ? "" : ", %d failed".formatted(failed);
        return "%s; %d deployment%s%s".formatted(connection, deployments, deployments == 1 ? "" : "s", trouble);
    }
}
