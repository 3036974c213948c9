package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Resources that no node of the mesh could have: refused by name, before anything is placed. */
final class UnofferedKinds {
    private final Map<Class<?>, Optional<ResourceKind<?>>> kinds = new HashMap<>();
    private final Deployment<?> deployment;
    private final Set<CapabilityName> offered;

    private UnofferedKinds(Deployment<?> deployment, Inventory all) {
        this.deployment = deployment;
        this.offered = all.nodes().stream()
                .flatMap(node -> node.info().agent().capabilities().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Why the first such resource cannot be had.
     *
     * @param all the nodes of the mesh
     */
    static Optional<Cause> among(Deployment<?> deployment, List<Placing.PlacementRequest> wishes, Inventory all) {
        UnofferedKinds unoffered = new UnofferedKinds(deployment, all);
        // Where there are no nodes at all, that is what is said.
        return all.nodes().isEmpty()
                ? Optional.empty()
                : wishes.stream()
                        .flatMap(wish -> wish.task().resources().stream()
                                .flatMap(resource -> unoffered.cause(wish, resource).stream()))
                        .findFirst();
    }

    private Optional<Cause> cause(Placing.PlacementRequest wish, NodeResource resource) {
        Optional<ResourceKind<?>> kind = kinds.computeIfAbsent(resource.getClass(), _ -> kind(resource));
        if (kind.isEmpty()) {
            return Optional.of(cause(
                    "score '%s' comes to %s, and no module provides the kind of %s"
                            .formatted(
                                    wish.score(),
                                    resource.label(),
                                    resource.getClass().getName()),
                    "add to the module of that class: `provides ResourceKind with …;`"));
        }
        CapabilityName needed = CapabilityName.of(kind.get().needs());
        return offered.contains(needed)
                ? Optional.empty()
                : Optional.of(
                        cause(
                                "score '%s' comes to %s, which needs %s, and no node offers that"
                                        .formatted(wish.score(), resource.label(), needed),
                                "start an agent that offers it, or take the score out of what is deployed; `harmony check` still checks it"));
    }

    private Cause cause(String what, String next) {
        return new Cause(what, "placement of deployment '%s'".formatted(deployment.name()), next);
    }

    private static Optional<ResourceKind<?>> kind(NodeResource resource) {
        ModuleLayer layer = resource.getClass().getModule().getLayer();
        return (layer == null ? ResourceKinds.installed() : ResourceKinds.of(layer)).of(resource);
    }
}
