package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Strength;
import java.time.Duration;
import java.util.List;

/** How well a node stands for what a workload likes of places: sites, ways, data. */
record Wants(List<Affinity> places, Latencies latencies) {
    /** Points for each unit of weight: a weight of 100 counts as much as the whole of packing. */
    static final int PER_WEIGHT = 10;

    private static final int WHOLE = 1_000;
    private static final int NONE = -1;

    /** Whether the node has every place that is required. */
    boolean admits(PlacementNode node) {
        for (Affinity affinity : places) {
            if (affinity.strength() instanceof Strength.Required && share(affinity, node) == NONE) {
                return false;
            }
        }
        return true;
    }

    /** Points for the places that are preferred. */
    int points(PlacementNode node) {
        int points = 0;
        for (Affinity affinity : places) {
            if (affinity.strength() instanceof Strength.Preferred(int weight)) {
                points += Math.max(0, share(affinity, node)) * weight * PER_WEIGHT / WHOLE;
            }
        }
        return points;
    }

    /** How much of the wish the node grants, in thousandths; {@link #NONE} when it does not. */
    private int share(Affinity affinity, PlacementNode node) {
        return switch (affinity) {
            case Affinity.AtSite at -> node.location().site().equals(at.site()) ? WHOLE : NONE;
            case Affinity.WithData with -> node.data().contains(with.data()) ? WHOLE : NONE;
            case Affinity.Within within ->
                latencies
                        .between(node.location().site(), within.site())
                        .filter(way -> way.compareTo(within.latency()) <= 0)
                        .map(way -> WHOLE - part(way, within.latency()))
                        .orElse(NONE);
            case Affinity.Near _, Affinity.Away _ -> WHOLE;
        };
    }

    private static int part(Duration way, Duration most) {
        return (int) (way.toNanos() * WHOLE / most.toNanos());
    }
}
