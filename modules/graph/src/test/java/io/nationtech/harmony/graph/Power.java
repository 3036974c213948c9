package io.nationtech.harmony.graph;

import java.util.concurrent.atomic.AtomicInteger;

/** Lasts for so many uses; then everything that needs it stops where it is, as at {@code kill -9}. */
final class Power {
    private final AtomicInteger left;

    Power(int uses) {
        left = new AtomicInteger(uses);
    }

    static Power endless() {
        return new Power(Integer.MAX_VALUE);
    }

    void require() {
        if (left.getAndUpdate(count -> count == 0 ? 0 : count - 1) == 0) {
            throw new Outage();
        }
    }

    boolean isOut() {
        return left.get() == 0;
    }

    /** Nothing after this happens. */
    static final class Outage extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
