package io.nationtech.harmony.placement;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Nodes by points, the best first; equals by rank. A binary heap that knows where each slot is, so that one node can be put right in
 * O(log n), and that can be walked from the best down without taking anything out, each step in O(log of the steps so far).
 */
final class Heap {
    private static final int OUT = -1;

    private final Nodes nodes;
    private int[] slots = new int[0];
    private int[] at = new int[0];
    private int[] points = new int[0];
    private int size;
    private int[] frontier = new int[64];
    private int frontierSize;

    Heap(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Takes all slots anew. */
    void fill(IntUnaryOperator pointsOf) {
        if (at.length < nodes.room()) {
            slots = new int[nodes.room()];
            at = new int[nodes.room()];
            points = new int[nodes.room()];
        }
        Arrays.fill(at, OUT);
        size = 0;
        for (int slot = 0; slot < nodes.size(); slot++) {
            int score = pointsOf.applyAsInt(slot);
            points[slot] = score;
            if (score != Candidates.NO) {
                slots[size] = slot;
                at[slot] = size++;
            }
        }
        for (int position = size / 2 - 1; position >= 0; position--) {
            sink(position);
        }
    }

    /** Whether there is a place for every slot. */
    boolean hasRoom() {
        return at.length >= nodes.size() && at.length > 0;
    }

    void set(int slot, int score) {
        int before = points[slot];
        points[slot] = score;
        if (score == Candidates.NO) {
            remove(slot);
        } else if (at[slot] == OUT) {
            place(size++, slot);
            rise(at[slot]);
        } else if (score > before) {
            rise(at[slot]);
        } else {
            sink(at[slot]);
        }
    }

    private void remove(int slot) {
        int hole = at[slot];
        if (hole == OUT) {
            return;
        }
        at[slot] = OUT;
        int last = slots[--size];
        if (last != slot) {
            place(hole, last);
            rise(hole);
            sink(at[last]);
        }
    }

    int points(int slot) {
        return points[slot];
    }

    private boolean better(int slot, int other) {
        return points[slot] != points[other] ? points[slot] > points[other] : nodes.rank(slot) < nodes.rank(other);
    }

    private void place(int position, int slot) {
        slots[position] = slot;
        at[slot] = position;
    }

    private void rise(int from) {
        int position = from;
        int slot = slots[position];
        while (position > 0 && better(slot, slots[(position - 1) / 2])) {
            place(position, slots[(position - 1) / 2]);
            position = (position - 1) / 2;
        }
        place(position, slot);
    }

    private void sink(int from) {
        int position = from;
        int slot = slots[position];
        while (2 * position + 1 < size) {
            int child = 2 * position + 1;
            if (child + 1 < size && better(slots[child + 1], slots[child])) {
                child++;
            }
            if (!better(slots[child], slot)) {
                break;
            }
            place(position, slots[child]);
            position = child;
        }
        place(position, slot);
    }

    /** Begins a walk; one at a time. */
    void walk() {
        frontierSize = 0;
        if (size > 0) {
            push(0);
        }
    }

    /** The best slot that this walk did not give yet, or -1. */
    int next() {
        if (frontierSize == 0) {
            return -1;
        }
        int position = pop();
        if (2 * position + 1 < size) {
            push(2 * position + 1);
        }
        if (2 * position + 2 < size) {
            push(2 * position + 2);
        }
        return slots[position];
    }

    private void push(int position) {
        if (frontierSize == frontier.length) {
            frontier = Arrays.copyOf(frontier, frontierSize * 2);
        }
        int hole = frontierSize++;
        while (hole > 0 && better(slots[position], slots[frontier[(hole - 1) / 2]])) {
            frontier[hole] = frontier[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        frontier[hole] = position;
    }

    private int pop() {
        int best = frontier[0];
        int last = frontier[--frontierSize];
        int hole = 0;
        while (2 * hole + 1 < frontierSize) {
            int child = 2 * hole + 1;
            if (child + 1 < frontierSize && better(slots[frontier[child + 1]], slots[frontier[child]])) {
                child++;
            }
            if (!better(slots[frontier[child]], slots[last])) {
                break;
            }
            frontier[hole] = frontier[child];
            hole = child;
        }
        frontier[hole] = last;
        return best;
    }
}
