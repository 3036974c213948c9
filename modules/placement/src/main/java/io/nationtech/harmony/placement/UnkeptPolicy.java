package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.Workload;
import java.util.Optional;

/** A policy for the loss of a node that would not be kept: refused, as work that runs twice is worse than work that does not run. */
public final class UnkeptPolicy {
    private UnkeptPolicy() {}

    /** Why that of this work would not be kept on this topology; empty when it would. */
    public static Optional<Cause> of(Workload work, Topology<?> topology) {
        return switch (work.onLoss()) {
            case LossPolicy.Moves _ -> Optional.empty();
            case LossPolicy.Stays _ ->
                topology.movesWork()
                        ? Optional.of(cause(
                                work,
                                "stays with its node, and topology '%s' moves work to other nodes"
                                        .formatted(topology.name()),
                                "let it move, or run it on a topology that does not move work"))
                        : Optional.empty();
            case LossPolicy.FollowsData _ ->
                Optional.of(cause(
                        work,
                        "follows its data, and no agent of this version ends work by its own clock when it is cut off, so it could run twice",
                        "let it stay with its node (LossPolicy.Stays), and move it by hand"));
        };
    }

    private static Cause cause(Workload work, String what, String next) {
        return new Cause(
                "%s %s".formatted(work.id(), what),
                "deployment '%s'".formatted(work.id().service().deployment()),
                next);
    }
}
