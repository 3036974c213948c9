package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Requirements;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every copy of a service asks of the node that it runs on.
 *
 * @param likes where it likes to be, at most 14
 * @param spread over which places the copies stand, at most 2
 * @param onLoss what becomes of a copy whose node is lost
 */
public record PlacementTerms(
        Demand demand, Requirements needs, List<Affinity> likes, List<SpreadOver> spread, LossPolicy onLoss) {
    public PlacementTerms {
        likes = List.copyOf(likes);
        spread = List.copyOf(spread);
    }

    /** Any node that has room will do; those in other failure domains first; a copy moves when its node is lost. */
    public static PlacementTerms of(Demand demand) {
        return new PlacementTerms(
                demand,
                Requirements.none(),
                List.of(),
                List.of(SpreadOver.failureDomainsIfPossible()),
                LossPolicy.USUAL);
    }

    /** The same, taking this. */
    public PlacementTerms with(Demand other) {
        return new PlacementTerms(other, needs, likes, spread, onLoss);
    }

    /** The same, needing one more thing of the hardware. */
    public PlacementTerms needs(Requirement another) {
        return new PlacementTerms(demand, needs.and(another), likes, spread, onLoss);
    }

    /** The same, with one more place that it likes. */
    public PlacementTerms likes(Affinity another) {
        return new PlacementTerms(
                demand, needs, Stream.concat(likes.stream(), Stream.of(another)).toList(), spread, onLoss);
    }

    /** The same, with one more rule of spread. */
    public PlacementTerms spread(SpreadOver another) {
        return new PlacementTerms(
                demand,
                needs,
                likes,
                Stream.concat(spread.stream(), Stream.of(another)).toList(),
                onLoss);
    }

    /** The same, with this policy for the loss of its node. */
    public PlacementTerms onLoss(LossPolicy policy) {
        return new PlacementTerms(demand, needs, likes, spread, policy);
    }

    /** One copy as work to be placed; where two nodes will do, on the emptier one. */
    public Workload workload(WorkloadId id) {
        Workload workload = Workload.of(id, demand)
                .needing(needs)
                .packed(Packing.SPREAD_OUT)
                .onLoss(onLoss);
        for (Affinity affinity : likes) {
            workload = workload.likes(affinity);
        }
        for (SpreadOver over : spread) {
            workload = workload.spread(over);
        }
        return workload;
    }
}
