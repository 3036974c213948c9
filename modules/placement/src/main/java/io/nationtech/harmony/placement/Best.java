package io.nationtech.harmony.placement;

/** The best node so far: most points, then lowest rank. */
final class Best {
    private final Nodes nodes;
    private final Wishes wishes;
    private int slot = -1;
    private int total;

    Best(Nodes nodes, Wishes wishes) {
        this.nodes = nodes;
        this.wishes = wishes;
    }

    void consider(int candidate, int points) {
        if (points == Candidates.NO) {
            return;
        }
        int extra = wishes.extra(candidate);
        if (extra != Candidates.NO && !beats(points + extra, candidate)) {
            slot = candidate;
            total = points + extra;
        }
    }

    /** Whether the best so far is better than such a node. */
    boolean beats(int points, int other) {
        return slot >= 0 && (total != points ? total > points : nodes.rank(slot) <= nodes.rank(other));
    }

    int slot() {
        return slot;
    }

    int total() {
        return total;
    }
}
