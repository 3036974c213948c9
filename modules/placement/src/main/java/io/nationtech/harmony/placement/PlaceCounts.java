package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Scope;

/** How many copies of one service are at each node, failure domain and site. */
final class PlaceCounts {
    private final IntCounts nodes = new IntCounts();
    private final IntCounts domains = new IntCounts();
    private final IntCounts sites = new IntCounts();
    private int copies;

    IntCounts at(Scope scope) {
        return switch (scope) {
            case NODE -> nodes;
            case FAILURE_DOMAIN -> domains;
            case SITE -> sites;
        };
    }

    int copies() {
        return copies;
    }

    void add(Nodes all, int slot, int amount) {
        copies += amount;
        for (Scope scope : Scope.values()) {
            at(scope).add(all.place(scope, slot), amount);
        }
    }
}
