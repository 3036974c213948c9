package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names that the scores of a deployment had before. What nodes run of a service bears its name.
 *
 * @param before for each name of today, the names before it, the newest first
 */
record Renames(Map<ResourceName, List<ResourceName>> before) {
    Renames {
        before = Map.copyOf(before);
    }

    static Renames none() {
        return new Renames(Map.of());
    }

    static Renames of(Deployment<?> deployment) {
        Map<ResourceName, List<ResourceName>> before = new HashMap<>();
        List<Score<?>> named = deployment.scores().stream()
                .<Score<?>>flatMap(score -> score.withMembers().stream())
                .toList();
        for (Score<?> score : named) {
            if (!score.previously().isEmpty()) {
                before.put(
                        ResourceName.of(score.name().value()),
                        score.previously().stream()
                                .map(old -> ResourceName.of(old.value()))
                                .toList());
            }
        }
        return new Renames(before);
    }

    /** What became of a resource, among those that a node is told: under its name of before. */
    Optional<NodeResource> origin(NodeResource wanted, List<NodeResource> told) {
        return origin(wanted.id(), told);
    }

    private Optional<NodeResource> origin(ResourceId wanted, List<NodeResource> told) {
        boolean isThere = told.stream().anyMatch(one -> one.id().equals(wanted));
        return isThere
                ? Optional.empty()
                : before.getOrDefault(wanted.name(), List.of()).stream()
                        .map(old -> new ResourceId(wanted.kind(), old))
                        .flatMap(old -> told.stream().filter(one -> one.id().equals(old)))
                        .findFirst();
    }

    /** The same nodes, as if all that they are told of the deployment had its name of today already: so it keeps its place. */
    Inventory applied(DeploymentName deployment, Inventory inventory) {
        return before.isEmpty()
                ? inventory
                : new Inventory(
                        inventory.nodes().stream()
                                .map(node -> applied(deployment, node))
                                .toList(),
                        inventory.secrets());
    }

    private NodeStatus applied(DeploymentName deployment, NodeStatus node) {
        Map<DeploymentName, Versioned<DesiredState>> desired = new HashMap<>(node.desired());
        desired.computeIfPresent(deployment, (_, told) -> new Versioned<>(told.revision(), applied(told.value())));
        return new NodeStatus(node.info(), node.liveness(), node.hardware(), desired, node.maintenance());
    }

    private DesiredState applied(DesiredState told) {
        Map<ResourceId, ResourceName> now = new HashMap<>();
        for (KindName kind : told.resources().stream()
                .map(resource -> resource.id().kind())
                .distinct()
                .toList()) {
            before.keySet()
                    .forEach(heir -> origin(new ResourceId(kind, heir), told.resources())
                            .ifPresent(old -> now.put(old.id(), heir)));
        }
        return told.with(told.resources().stream()
                .map(resource -> Optional.ofNullable(now.get(resource.id()))
                        .map(resource::named)
                        .orElse(resource))
                .toList());
    }
}
