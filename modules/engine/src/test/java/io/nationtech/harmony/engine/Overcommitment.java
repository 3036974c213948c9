package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Looks, whenever a node is told something, whether any node is told more than it has. */
final class Overcommitment implements AutoCloseable {
    private final Fleet fleet;
    private final List<String> found = new CopyOnWriteArrayList<>();
    private final Subscription subscription;

    private Overcommitment(Fleet fleet, Bucket desired) {
        this.fleet = fleet;
        this.subscription = desired.watch(KeyPattern.all(), _ -> look());
    }

    static Overcommitment of(Fleet fleet, Mesh mesh) {
        return new Overcommitment(fleet, mesh.bucket(new BucketName("desired-state")));
    }

    private void look() {
        fleet.inventory().nodes().forEach(this::look);
    }

    /** Each in turn must find room beside those before it. */
    private void look(NodeStatus node) {
        NodeId id = node.info().id();
        Map<DeploymentName, Claim> before = new HashMap<>();
        for (DesiredState state : fleet.desiredStates().of(id).values()) {
            Claim next = Claim.of(state.resources());
            Headroom.of(node, before)
                    .against(Claim.NOTHING, next)
                    .map(Cause::what)
                    .ifPresent(found::add);
            before.put(state.deployment(), next);
        }
    }

    /** What was found, at any time until now. */
    List<String> found() {
        look();
        return List.copyOf(found);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
