package io.nationtech.harmony.os.update;

import java.time.Duration;

/** Until when something must be over, by the monotonic clock. */
record Deadline(long end) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOver() {
        return left().isNegative() || left().isZero();
    }

    Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }
}
