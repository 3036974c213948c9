package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.ContainerStatus.Health;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that a node says, or does not say, and that is not as it was told.
 *
 * @param about a container's label, or the node
 * @param told what it should be
 * @param found what it is
 */
public record DriftItem(NodeId node, String about, String told, String found) {
    private static final String NODE = "node";
    private static final String ALIVE = "alive";

    /**
     * What a node that is told something has not got.
     *
     * @param said what the node last said of it
     */
    static List<DriftItem> of(NodeStatus node, long revision, DesiredState told, Optional<NodeState> said) {
        NodeId id = node.info().id();
        if (!node.isAlive()) {
            return told.resources().isEmpty() ? List.of() : List.of(new DriftItem(id, NODE, ALIVE, "lost"));
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
        told.containers().forEach(container -> deviations.addAll(of(id, container.label(), state, container.name())));
        deviations.addAll(strangers(id, told, state));
        return List.copyOf(deviations);
    }

    private static List<DriftItem> of(NodeId node, String label, NodeState state, ContainerName name) {
        Optional<ContainerStatus> status = state.containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst();
        if (status.isEmpty()) {
            return List.of(new DriftItem(node, label, "running", "absent"));
        }
        if (status.get().running() != Running.RUNNING) {
            return List.of(
                    new DriftItem(node, label, "running", word(status.get().running())));
        }
        return status.get().health() == Health.UNHEALTHY
                ? List.of(new DriftItem(node, label, "healthy", "unhealthy"))
                : List.of();
    }

    boolean isOfLostNode() {
        return about.equals(NODE) && told.equals(ALIVE);
    }

    private static List<DriftItem> strangers(NodeId node, DesiredState told, NodeState state) {
        Set<ContainerName> wanted =
                told.containers().stream().map(container -> container.name()).collect(Collectors.toSet());
        return state.containers().stream()
                .filter(container -> !wanted.contains(container.name()))
                .map(container ->
                        new DriftItem(node, "container " + container.name(), "absent", word(container.running())))
                .toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
