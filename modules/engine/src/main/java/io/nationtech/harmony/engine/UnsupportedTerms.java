package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.placement.UnkeptPolicy;
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
        return UnkeptPolicy.of(work, deployment.topology());
    }

    private static Cause cause(Deployment<?> deployment, String what, String next) {
        return new Cause(what, "deployment '%s'".formatted(deployment.name()), next);
    }
}
