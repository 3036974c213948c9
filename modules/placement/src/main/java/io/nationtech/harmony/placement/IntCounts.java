package io.nationtech.harmony.placement;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** How many of something are at each place, by the place's number: open addressing, as boxes would dominate a decision's cost. */
final class IntCounts {
    private static final int FREE = -1;
    private static final int SMALLEST = 8;

    private int[] keys = filled(SMALLEST);
    private int[] values = new int[SMALLEST];
    private int used;

    private static int[] filled(int size) {
        int[] keys = new int[size];
        Arrays.fill(keys, FREE);
        return keys;
    }

    int get(int key) {
        int at = find(key);
        return keys[at] == key ? values[at] : 0;
    }

    void add(int key, int amount) {
        int at = find(key);
        if (keys[at] == FREE) {
            keys[at] = key;
            used++;
        }
        values[at] += amount;
        if (used * 2 > keys.length) {
            rehash();
        }
    }

    /** Tells each place where there is at least one; in no order that means anything. */
    void forEach(IntConsumer place) {
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] != FREE && values[at] > 0) {
                place.accept(keys[at]);
            }
        }
    }

    private int find(int key) {
        int mask = keys.length - 1;
        int at = ((key * 0x9E3779B9) >>> 7) & mask;
        while (keys[at] != FREE && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /** Drops places that have become empty, and doubles when that does not help. */
    private void rehash() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        int live = 0;
        for (int at = 0; at < oldKeys.length; at++) {
            live += oldKeys[at] != FREE && oldValues[at] != 0 ? 1 : 0;
        }
        int size = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, live)) * 4);
        keys = filled(size);
        values = new int[size];
        used = 0;
        for (int at = 0; at < oldKeys.length; at++) {
            if (oldKeys[at] != FREE && oldValues[at] != 0) {
                int to = find(oldKeys[at]);
                keys[to] = oldKeys[at];
                values[to] = oldValues[at];
                used++;
            }
        }
    }
}
