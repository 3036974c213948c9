package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** How well nodes stand for what a workload likes of places: sites and ways, which are the same for all nodes of a site, and data. */
final class Wants {
    /** Points for each unit of weight: a weight of 100 counts as much as the whole of packing. */
    static final int PER_WEIGHT = 10;

    private static final int WHOLE = 1_000;
    private static final int NONE = -1;
    private static final int UNASKED = Integer.MIN_VALUE;

    private final Nodes nodes;
    private final Latencies latencies;
    private final List<Affinity> ofSites = new ArrayList<>();
    private final boolean asksSites;
    private final Copies[] ofData;
    private int[] bySite = new int[0];

    /**
     * @param weight of nodes with a copy, 0 when others will not do
     */
    private record Copies(BitSet holders, int weight) {}

    Wants(List<Affinity> places, Nodes nodes, Latencies latencies) {
        this.nodes = nodes;
        this.latencies = latencies;
        List<Copies> data = new ArrayList<>();
        for (Affinity affinity : places) {
            if (affinity instanceof Affinity.WithData with) {
                data.add(new Copies(nodes.holders(with.data()), weight(with)));
            } else {
                ofSites.add(affinity);
            }
        }
        this.asksSites = !ofSites.isEmpty();
        this.ofData = data.toArray(Copies[]::new);
    }

    /** 0 for what is required. */
    private static int weight(Affinity affinity) {
        return switch (affinity.strength()) {
            case Strength.Required _ -> 0;
            case Strength.Preferred(int weight) -> weight * PER_WEIGHT;
        };
    }

    /** Whether the node has every place that is required. */
    boolean admits(int slot) {
        for (Copies copies : ofData) {
            if (copies.weight == 0 && !copies.holders.get(slot)) {
                return false;
            }
        }
        return !asksSites || sitePoints(slot) != NONE;
    }

    /** Points for the places that are preferred. */
    int points(int slot) {
        int points = asksSites ? Math.max(0, sitePoints(slot)) : 0;
        for (Copies copies : ofData) {
            points += copies.holders.get(slot) ? copies.weight : 0;
        }
        return points;
    }

    private int sitePoints(int slot) {
        int site = nodes.site(slot);
        if (site >= bySite.length) {
            int before = bySite.length;
            bySite = Arrays.copyOf(bySite, nodes.places(Scope.SITE));
            Arrays.fill(bySite, before, bySite.length, UNASKED);
        }
        if (bySite[site] == UNASKED) {
            bySite[site] = pointsOf(nodes.siteName(site));
        }
        return bySite[site];
    }

    /** {@link #NONE} when something required is not there. */
    private int pointsOf(SiteName site) {
        int points = 0;
        for (Affinity affinity : ofSites) {
            int share = share(affinity, site);
            if (share == NONE && weight(affinity) == 0) {
                return NONE;
            }
            points += Math.max(0, share) * weight(affinity) / WHOLE;
        }
        return points;
    }

    /** How much of the wish the site grants, in thousandths; {@link #NONE} when it does not. */
    private int share(Affinity affinity, SiteName site) {
        return switch (affinity) {
            case Affinity.AtSite at -> site.equals(at.site()) ? WHOLE : NONE;
            case Affinity.Within within ->
                latencies
                        .between(site, within.site())
                        .filter(way -> way.compareTo(within.latency()) <= 0)
                        .map(way -> WHOLE - part(way, within.latency()))
                        .orElse(NONE);
            case Affinity.WithData _, Affinity.Near _, Affinity.Away _ -> WHOLE;
        };
    }

    private static int part(Duration way, Duration most) {
        return (int) (way.toNanos() * WHOLE / most.toNanos());
    }
}
