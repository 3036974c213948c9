package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * What a workload wishes with regard to where other work is. Such wishes touch few nodes, those where that work is, so they are not in
 * the heap: they are added to the nodes that a walk comes by, and the nodes that they favour are looked at first.
 */
final class Wishes {
    /** Above this many favoured nodes, walking on is cheaper than looking at them all. */
    private static final int MOST_SEEDS = 1_024;

    /** Copies above this count no more against a place: a service of a thousand copies must not drown all else. */
    private static final int MOST_COUNTED = 10;

    private final Nodes nodes;
    private final List<Rule> rules = new ArrayList<>(4);
    private final IntList seeds = new IntList();
    private boolean onlySeeds;
    private int highest;

    private enum Kind {
        NEAR_OR_NOT_AT_ALL,
        NEAR,
        AWAY_OR_NOT_AT_ALL,
        AWAY,
        EVEN_OR_NOT_AT_ALL,
        EVEN
    }

    /**
     * @param most copies that a place may have already, for {@link Kind#EVEN_OR_NOT_AT_ALL}
     */
    private record Rule(Kind kind, Scope scope, IntCounts counts, int weight, int most) {}

    Wishes(Workload workload, Services services, Nodes nodes, Candidates candidates) {
        this.nodes = nodes;
        ServiceRef own = workload.id().service();
        for (Affinity affinity : workload.affinities()) {
            switch (affinity) {
                case Affinity.Near near -> near(near, own, services);
                case Affinity.Away away -> away(away, services);
                case Affinity.AtSite _, Affinity.Within _, Affinity.WithData _ -> {}
            }
        }
        services.repelling(own)
                .forEach((by, at) -> rules.add(new Rule(Kind.AWAY_OR_NOT_AT_ALL, by.scope(), at.at(by.scope()), 0, 0)));
        for (SpreadOver spread : workload.spread()) {
            IntCounts counts = services.of(own).at(spread.scope());
            switch (spread.strength()) {
                case Strength.Required _ ->
                    rules.add(new Rule(
                            Kind.EVEN_OR_NOT_AT_ALL,
                            spread.scope(),
                            counts,
                            0,
                            most(spread, services.of(own), candidates)));
                case Strength.Preferred(int weight) ->
                    rules.add(new Rule(Kind.EVEN, spread.scope(), counts, weight * Wants.PER_WEIGHT, 0));
            }
        }
    }

    private void near(Affinity.Near near, ServiceRef own, Services services) {
        IntCounts counts = services.of(near.service()).at(near.scope());
        switch (near.strength()) {
            case Strength.Required _ -> {
                if (services.has(near.service()) || !near.service().equals(own)) {
                    rules.add(new Rule(Kind.NEAR_OR_NOT_AT_ALL, near.scope(), counts, 0, 0));
                    onlySeeds = true;
                    seed(near.scope(), counts, Integer.MAX_VALUE);
                }
            }
            case Strength.Preferred(int weight) -> {
                rules.add(new Rule(Kind.NEAR, near.scope(), counts, weight * Wants.PER_WEIGHT, 0));
                if (!seed(near.scope(), counts, MOST_SEEDS)) {
                    highest += weight * Wants.PER_WEIGHT;
                }
            }
        }
    }

    private void away(Affinity.Away away, Services services) {
        if (!services.has(away.service())) {
            return;
        }
        IntCounts counts = services.of(away.service()).at(away.scope());
        rules.add(
                switch (away.strength()) {
                    case Strength.Required _ -> new Rule(Kind.AWAY_OR_NOT_AT_ALL, away.scope(), counts, 0, 0);
                    case Strength.Preferred(int weight) ->
                        new Rule(Kind.AWAY, away.scope(), counts, weight * Wants.PER_WEIGHT, 0);
                });
    }

    /** Notes the nodes at these places; false when they are too many. */
    private boolean seed(Scope scope, IntCounts counts, int most) {
        var found = new IntList();
        counts.forEach(place -> {
            if (scope == Scope.NODE) {
                found.add(place);
            } else {
                IntList slots = nodes.slotsAt(scope, place);
                for (int at = 0; at < slots.size() && found.size() <= most; at++) {
                    found.add(slots.get(at));
                }
            }
        });
        if (found.size() > most) {
            return false;
        }
        for (int at = 0; at < found.size(); at++) {
            seeds.add(found.get(at));
        }
        return true;
    }

    /** How many copies a place may have already and still get another. */
    static int most(SpreadOver spread, PlaceCounts copies, Candidates candidates) {
        int even = fewest(spread.scope(), copies.at(spread.scope()), candidates) + spread.maxSkew();
        return Math.min(even, spread.most()) - 1;
    }

    /** How many copies the emptiest place has, of those with a node that suits. */
    private static int fewest(Scope scope, IntCounts counts, Candidates candidates) {
        int[] seenAndFewest = {0, Integer.MAX_VALUE};
        counts.forEach(place -> {
            if (scope == Scope.NODE
                    ? candidates.suits().get(place)
                    : candidates.eligible(scope).has(place)) {
                seenAndFewest[0]++;
                seenAndFewest[1] = Math.min(seenAndFewest[1], counts.get(place));
            }
        });
        int all = scope == Scope.NODE
                ? candidates.suits().cardinality()
                : candidates.eligible(scope).places();
        return seenAndFewest[0] < all || seenAndFewest[0] == 0 ? 0 : seenAndFewest[1];
    }

    /** Points for the node, {@link Candidates#NO} when a wish forbids it. */
    int extra(int slot) {
        int points = 0;
        for (int at = 0; at < rules.size(); at++) {
            Rule rule = rules.get(at);
            int count = rule.counts.get(nodes.place(rule.scope, slot));
            boolean forbidden = switch (rule.kind) {
                case NEAR_OR_NOT_AT_ALL -> count == 0;
                case AWAY_OR_NOT_AT_ALL -> count > 0;
                case EVEN_OR_NOT_AT_ALL -> count > rule.most;
                case NEAR, AWAY, EVEN -> false;
            };
            if (forbidden) {
                return Candidates.NO;
            }
            points += points(rule, count);
        }
        return points;
    }

    /** The part of {@link #extra} that comes from spread. */
    int spread(int slot) {
        int points = 0;
        for (Rule rule : rules) {
            points += rule.kind == Kind.EVEN ? points(rule, rule.counts.get(nodes.place(rule.scope, slot))) : 0;
        }
        return points;
    }

    private static int points(Rule rule, int count) {
        return switch (rule.kind) {
            case NEAR -> count > 0 ? rule.weight : 0;
            case AWAY -> count > 0 ? -rule.weight : 0;
            case EVEN -> -rule.weight * Math.min(count, MOST_COUNTED);
            case NEAR_OR_NOT_AT_ALL, AWAY_OR_NOT_AT_ALL, EVEN_OR_NOT_AT_ALL -> 0;
        };
    }

    /** What a node that is not among the seeds may get at most. */
    int highest() {
        return highest;
    }

    /** Nodes that get more than others, or the only ones that will do. */
    IntList seeds() {
        return seeds;
    }

    boolean onlySeeds() {
        return onlySeeds;
    }
}
