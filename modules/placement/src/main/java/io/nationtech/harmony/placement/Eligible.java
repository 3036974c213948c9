package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Scope;
import java.util.Arrays;
import java.util.BitSet;

/** How many places of one scope have a node that suits a shape, full or not: what spread is measured over. */
final class Eligible {
    private final Scope scope;
    private final Nodes nodes;
    private int[] suiting = new int[0];
    private int places;

    /** Counts from nothing. */
    Eligible(Scope scope, Nodes nodes, BitSet suits) {
        this.scope = scope;
        this.nodes = nodes;
        for (int slot = suits.nextSetBit(0); slot >= 0; slot = suits.nextSetBit(slot + 1)) {
            add(nodes.place(scope, slot), 1);
        }
    }

    private void add(int place, int amount) {
        if (place >= suiting.length) {
            suiting = Arrays.copyOf(suiting, Math.max(nodes.places(scope), place + 1));
        }
        places -= suiting[place] > 0 ? 1 : 0;
        suiting[place] += amount;
        places += suiting[place] > 0 ? 1 : 0;
    }

    boolean has(int place) {
        return place < suiting.length && suiting[place] > 0;
    }

    int places() {
        return places;
    }
}
