package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One node's part in a deployment: what it is told, and what it last said of it.
 *
 * @param said empty when the node has not said anything yet
 */
record Share(NodeStatus node, Versioned<DesiredState> told, Optional<NodeState> said) {

    /** How the share is now. */
    enum Condition {
        /** The node has what it is told to have. */
        CONVERGED,
        /** The node is at it, or has not answered what it was told last. */
        CONVERGING,
        /** The node is told to have nothing of this any more, and is at it. */
        WITHDRAWING,
        /** The node cannot have it now. */
        FAILED,
        /** The node is silent: whatever it said last says nothing about now. */
        LOST
    }

    Condition condition() {
        if (!node.isAlive()) {
            return Condition.LOST;
        }
        Condition busy = isWithdrawn() ? Condition.WITHDRAWING : Condition.CONVERGING;
        return answer().map(state -> switch (state.convergence()) {
                    case Convergence.Converged() -> Condition.CONVERGED;
                    case Convergence.Converging() -> busy;
                    case Convergence.Failed _ -> Condition.FAILED;
                })
                .orElse(busy);
    }

    /** What the node said of what it is told now. */
    private Optional<NodeState> answer() {
        return said.filter(state -> state.revision() >= told.revision());
    }

    /** Since when the node has been as far as it is, if it said so and is there. */
    Optional<Instant> since() {
        return answer().filter(_ -> node.isAlive()).flatMap(NodeState::since);
    }

    Optional<Cause> failure() {
        return answer().filter(_ -> node.isAlive())
                .flatMap(state -> state.convergence() instanceof Convergence.Failed(Cause cause)
                        ? Optional.of(cause)
                        : Optional.empty());
    }

    boolean isWithdrawn() {
        return told.value().resources().isEmpty();
    }

    /** Nothing is wanted and nothing is there: no longer worth a line. */
    boolean isOver() {
        return isWithdrawn()
                && answer().filter(state -> state.convergence() instanceof Convergence.Converged
                                && state.resources().isEmpty())
                        .isPresent();
    }

    /** The resources that the node is told to have, and those that are there still. */
    List<ResourceId> resources() {
        Stream<ResourceId> wanted = told.value().resources().stream().map(NodeResource::id);
        Stream<ResourceId> there =
                said.stream().flatMap(state -> state.resources().stream()).map(ResourceStatus::id);
        return Stream.concat(wanted, there).distinct().toList();
    }

    /** How a resource is, as far as that is known now. */
    Optional<ResourceStatus> status(ResourceId resource) {
        return said.filter(_ -> node.isAlive()).stream()
                .flatMap(state -> state.resources().stream())
                .filter(status -> status.id().equals(resource))
                .findFirst();
    }

    /** Addresses at which others reach what a resource publishes. */
    List<String> addresses(ResourceId resource) {
        return told.value().resources().stream()
                .filter(wanted -> wanted.id().equals(resource))
                .flatMap(wanted -> wanted.claim().ports().stream())
                .sorted()
                .map(port -> node.info().address().withPort(port))
                .toList();
    }
}
