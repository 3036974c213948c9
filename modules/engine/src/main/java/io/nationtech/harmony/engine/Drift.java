package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.NodeState;
import java.util.List;
import java.util.Optional;

/**
 * How far the world is from what is declared, in two steps: what nodes are told against what is declared, and what they say against
 * what they are told.
 *
 * @param plan from what is told to what is declared
 * @param deviations from what is told, ordered by node
 */
public record Drift(FleetPlan plan, List<Deviation> deviations) {
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
        List<Deviation> deviations = inventory.nodes().stream()
                .flatMap(node -> Optional.ofNullable(node.desired().get(plan.deployment())).stream()
                        .flatMap(told -> Deviation.of(
                                node,
                                told.revision(),
                                told.value(),
                                states.stream()
                                        .filter(state ->
                                                state.node().equals(node.info().id()))
                                        .filter(state -> state.deployment().equals(plan.deployment()))
                                        .findFirst())
                                .stream()))
                .toList();
        return new Drift(plan, deviations);
    }

    /** Whether everything is as declared. */
    public boolean isNone() {
        return plan.isEmpty() && deviations.isEmpty();
    }
}
