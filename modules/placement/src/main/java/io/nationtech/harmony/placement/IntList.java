package io.nationtech.harmony.placement;

import java.util.Arrays;

/** Numbers in the order in which they came. */
final class IntList {
    private int[] items = new int[8];
    private int size;

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    void remove(int item) {
        for (int at = 0; at < size; at++) {
            if (items[at] == item) {
                System.arraycopy(items, at + 1, items, at, --size - at);
                return;
            }
        }
    }

    int get(int index) {
        return items[index];
    }

    int size() {
        return size;
    }
}
