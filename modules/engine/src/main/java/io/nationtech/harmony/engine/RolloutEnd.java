package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.rollout.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a rollout ended. */
sealed interface RolloutEnd {

    /**
     * Every node was told.
     *
     * @param failed nodes that did not follow, no more than the failure budget allows
     */
    record Reached(SortedMap<NodeId, Cause> failed) implements RolloutEnd {
        public Reached {
            failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
        }
    }

    /** Not every node has what it shall. */
    record Stopped(List<Cause> causes) implements RolloutEnd {
        public Stopped {
            causes = List.copyOf(causes);
        }
    }

    /** Somebody has it pause, and nothing is under way. */
    record Paused(Verdict.Paused since) implements RolloutEnd {}

    /**
     * Somebody else runs it.
     *
     * @param by empty when the record of the rollout is gone
     */
    record Taken(Optional<Author> by) implements RolloutEnd {}

    /** Why not every node has what it shall; empty when all do. */
    default List<Cause> causes(DeploymentName deployment) {
        return switch (this) {
            case Reached(var failed) -> List.copyOf(failed.values());
            case Stopped(var causes) -> causes;
            case Paused(Verdict.Paused since) -> List.of(RolloutOrders.paused(deployment, since));
            case Taken(var by) ->
                List.of(new Cause(
                        by.map(who -> "%s runs the rollout by now".formatted(who))
                                .orElse("somebody else began another rollout, or withdrew the deployment"),
                        "deployment '%s'".formatted(deployment),
                        "`harmony rollout status %s` says how far it is".formatted(deployment)));
        };
    }
}
