package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Consent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The volumes that a change would leave behind: the service would start empty elsewhere, or never again. */
final class VolumeLossGuard {
    static final KindName KIND = KindName.of("volume");

    private VolumeLossGuard() {}

    /** One cause for each volume that nothing would use any more and that nobody agreed to lose. */
    static List<Cause> withoutConsent(FleetPlan plan, Consent consent) {
        return plan.changes().stream()
                .flatMap(change -> left(change).entrySet().stream()
                        .filter(volume -> !consent.covers(volume.getKey()))
                        .map(volume -> cause(plan.deployment(), change, volume.getKey(), volume.getValue())))
                .toList();
    }

    private static Map<ResourceId, NodeResource> left(NodeChange change) {
        Map<ResourceId, NodeResource> before = volumes(change.from());
        before.keySet().removeAll(volumes(change.to()).keySet());
        return before;
    }

    private static Map<ResourceId, NodeResource> volumes(NodeSpec share) {
        Map<ResourceId, NodeResource> volumes = new HashMap<>();
        for (NodeResource resource : share.resources()) {
            resource.claim()
                    .volumes()
                    .forEach(volume -> volumes.put(new ResourceId(KIND, ResourceName.of(volume.value())), resource));
        }
        return volumes;
    }

    private static Cause cause(DeploymentName deployment, NodeChange change, ResourceId volume, NodeResource owner) {
        return new Cause(
                "%s holds data of %s, and would be used no more".formatted(volume, owner.label()),
                "node '%s', deployment '%s'".formatted(change.node().info().id(), deployment),
                "save its data first; then agree to the loss by name: --accept-loss %s. It stays on the disk of its node until somebody there removes it (podman volume ls)"
                        .formatted(volume.path()));
    }
}
