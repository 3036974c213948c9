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

    /** Points above, rank below, turned so that a larger key is a better node; by position in the heap. */
    private long[] keys = new long[0];

    private int[] slots = new int[0];
    private int[] at = new int[0];
    private int size;
    private int orders = -1;
    private int[] frontier = new int[64];
    private int frontierSize;

    Heap(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Takes all slots anew. */
    void fill(IntUnaryOperator pointsOf) {
        if (at.length < nodes.size()) {
            keys = new long[nodes.size()];
            slots = new int[nodes.size()];
            at = new int[nodes.size()];
        }
        Arrays.fill(at, OUT);
        size = 0;
        orders = nodes.orders();
        for (int slot = 0; slot < nodes.size(); slot++) {
            int points = pointsOf.applyAsInt(slot);
            if (points != Candidates.NO) {
                place(size++, slot, key(points, slot));
            }
        }
        for (int position = size / 2 - 1; position >= 0; position--) {
            sink(position);
        }
    }

    /** Whether every slot has a place and its rank is still the one by which it was put here. */
    boolean isInOrder() {
        return orders == nodes.orders() && at.length >= nodes.size();
    }

    private long key(int points, int slot) {
        return ((long) points << Integer.SIZE) | (Integer.MAX_VALUE - nodes.rank(slot));
    }

    void set(int slot, int points) {
        if (points == Candidates.NO) {
            remove(slot);
            return;
        }
        int position = at[slot] == OUT ? size++ : at[slot];
        place(position, slot, key(points, slot));
        rise(position);
        sink(at[slot]);
    }

    private void remove(int slot) {
        int hole = at[slot];
        if (hole == OUT) {
            return;
        }
        at[slot] = OUT;
        int last = slots[--size];
        if (last != slot) {
            place(hole, last, keys[size]);
            rise(hole);
            sink(at[last]);
        }
    }

    private void place(int position, int slot, long key) {
        slots[position] = slot;
        keys[position] = key;
        at[slot] = position;
    }

    private void rise(int from) {
        int position = from;
        int slot = slots[position];
        long key = keys[position];
        while (position > 0 && key > keys[(position - 1) / 2]) {
            int parent = (position - 1) / 2;
            place(position, slots[parent], keys[parent]);
            position = parent;
        }
        place(position, slot, key);
    }

    private void sink(int from) {
        int position = from;
        int slot = slots[position];
        long key = keys[position];
        while (2 * position + 1 < size) {
            int child = 2 * position + 1;
            if (child + 1 < size && keys[child + 1] > keys[child]) {
                child++;
            }
            if (keys[child] <= key) {
                break;
            }
            place(position, slots[child], keys[child]);
            position = child;
        }
        place(position, slot, key);
    }

    /** Begins a walk; one at a time. */
    void walk() {
        frontierSize = 0;
        if (size > 0) {
            push(0);
        }
    }

    /** The position of the best slot that this walk did not give yet, or -1. */
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
        return position;
    }

    int slotAt(int position) {
        return slots[position];
    }

    int pointsAt(int position) {
        return (int) (keys[position] >> Integer.SIZE);
    }

    private void push(int position) {
        if (frontierSize == frontier.length) {
            frontier = Arrays.copyOf(frontier, frontierSize * 2);
        }
        int hole = frontierSize++;
        while (hole > 0 && keys[position] > keys[frontier[(hole - 1) / 2]]) {
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
            if (child + 1 < frontierSize && keys[frontier[child + 1]] > keys[frontier[child]]) {
                child++;
            }
            if (keys[frontier[child]] <= keys[last]) {
                break;
            }
            frontier[hole] = frontier[child];
            hole = child;
        }
        frontier[hole] = last;
        return best;
    }
}
