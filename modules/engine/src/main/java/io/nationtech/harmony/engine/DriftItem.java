package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that a node says, or does not say, and that is not as desired.
 *
 * @param about a resource's label, or the node
 * @param desired what it should be
 * @param actual what it is
 */
public record DriftItem(NodeId node, String about, String desired, String actual) {
    private static final String NODE = "node";
    private static final String ALIVE = "alive";

    /**
     * What a node lacks of what it is told to have.
     *
     * @param said what the node last said of it
     */
    static List<DriftItem> of(NodeStatus node, long revision, DesiredState desired, Optional<NodeState> said) {
        NodeId id = node.info().id();
        if (!node.isAlive()) {
            return desired.resources().isEmpty() ? List.of() : List.of(new DriftItem(id, NODE, ALIVE, "lost"));
        }
        if (said.isEmpty()) {
            return List.of(new DriftItem(id, NODE, "revision " + revision, "no answer yet"));
        }
        NodeState state = said.get();
        List<DriftItem> deviations = new ArrayList<>();
        if (state.revision() < revision) {
            deviations.add(new DriftItem(id, NODE, "revision " + revision, "revision " + state.revision()));
        }
        switch (state.convergence()) {
            case Convergence.Converged() -> {}
            case Convergence.Converging() -> deviations.add(new DriftItem(id, NODE, "converged", "converging"));
            case Convergence.Failed(var cause) ->
                deviations.add(new DriftItem(id, NODE, "converged", "failed: " + cause.what()));
        }
        desired.resources().forEach(resource -> of(id, resource, state).ifPresent(deviations::add));
        deviations.addAll(strangers(id, desired, state));
        return List.copyOf(deviations);
    }

    private static Optional<DriftItem> of(NodeId node, NodeResource wanted, NodeState state) {
        Optional<ResourceStatus> status = state.resources().stream()
                .filter(there -> there.id().equals(wanted.id()))
                .findFirst();
        if (status.isEmpty()) {
            return Optional.of(new DriftItem(node, wanted.label(), "there", "absent"));
        }
        if (status.get().isAsWanted()) {
            return Optional.empty();
        }
        return Optional.of(
                status.get().health() == Health.UNHEALTHY
                        ? new DriftItem(node, wanted.label(), "healthy", "unhealthy")
                        : new DriftItem(
                                node,
                                wanted.label(),
                                "running",
                                word(status.get().phase())));
    }

    boolean isOfLostNode() {
        return about.equals(NODE) && desired.equals(ALIVE);
    }

    private static List<DriftItem> strangers(NodeId node, DesiredState desired, NodeState state) {
        Set<ResourceId> wanted =
                desired.resources().stream().map(NodeResource::id).collect(Collectors.toSet());
        return state.resources().stream()
                .filter(there -> !wanted.contains(there.id()))
                .map(there -> new DriftItem(node, there.id().toString(), "absent", word(there.phase())))
                .toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
