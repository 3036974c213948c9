package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What scores ask for that this version would not keep: refused, as work that runs twice is worse than work that does not run. */
final class UnsupportedTerms {
    private UnsupportedTerms() {}

    static Optional<Cause> unkept(Deployment<?> deployment, List<Placing.PlacementRequest> wishes) {
        Set<WorkloadId> seen = new HashSet<>();
        return wishes.stream()
                .map(wish -> wish.task().workload())
                .flatMap(work -> wrong(deployment, work, seen).stream())
                .findFirst();
    }

    private static Optional<Cause> wrong(Deployment<?> deployment, Workload work, Set<WorkloadId> seen) {
        if (!seen.add(work.id()) || !work.id().service().deployment().equals(deployment.name())) {
            return Optional.of(cause(
                    deployment,
                    "%s is not one piece of work of this deployment, or is it twice".formatted(work.id()),
                    "mend the score: each task needs a workload of its own, of its deployment"));
        }
        return switch (work.onLoss()) {
            case LossPolicy.Moves _ -> Optional.empty();
            case LossPolicy.Stays _ ->
                deployment.topology().movesWork()
                        ? Optional.of(cause(
                                deployment,
                                "%s stays with its node, and topology '%s' moves work to other nodes"
                                        .formatted(
                                                work.id(), deployment.topology().name()),
                                "let it move, or run it on a topology that does not move work"))
                        : Optional.empty();
            case LossPolicy.FollowsData _ ->
                Optional.of(cause(
                        deployment,
                        "%s follows its data, and no agent of this version ends work by its own clock when it is cut off, so it could run twice"
                                .formatted(work.id()),
                        "let it stay with its node (LossPolicy.Stays), and move it by hand"));
        };
    }

    private static Cause cause(Deployment<?> deployment, String what, String next) {
        return new Cause(what, "deployment '%s'".formatted(deployment.name()), next);
    }
}
