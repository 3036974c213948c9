package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far the world is from what is declared, in two steps: what nodes are told against what is declared, and what they say against
 * what they are told.
 *
 * @param plan from what is told to what is declared
 * @param deviations from what is told, ordered by node
 */
public record Drift(FleetPlan plan, List<DriftItem> deviations) {
    public Drift {
        deviations = List.copyOf(deviations);
    }

    /**
     * Compares.
     *
     * @param inventory that the plan was made for
     * @param states what all nodes last said
     */
    public static Drift of(FleetPlan plan, Inventory inventory, List<NodeState> states) {
        Map<NodeId, NodeState> said = states.stream()
                .filter(state -> state.deployment().equals(plan.deployment()))
                .collect(Collectors.toMap(NodeState::node, Function.identity()));
        List<DriftItem> deviations = inventory.nodes().stream()
                .flatMap(node -> Optional.ofNullable(node.desired().get(plan.deployment())).stream()
                        .flatMap(told -> DriftItem.of(
                                node,
                                told.revision(),
                                told.value(),
                                Optional.ofNullable(said.get(node.info().id())))
                                .stream()))
                .toList();
        return new Drift(plan, deviations);
    }

    /** Whether a deploy could do anything about it: nothing can be done for work that waits for a lost node. */
    boolean canBeRepaired() {
        return !plan.isEmpty() || deviations.stream().anyMatch(deviation -> !deviation.isOfLostNode());
    }

    /** Whether everything is as declared. */
    public boolean isNone() {
        return plan.isEmpty() && deviations.isEmpty();
    }
}
