package io.nationtech.harmony.restic;

import java.time.Duration;

/** Whether a program that tells how far it is gets on. For any thread. */
final class Stall {
    private final Duration longest;
    private volatile long bytes = -1;
    private volatile long since = System.nanoTime();

    Stall(Duration longest) {
        this.longest = longest;
    }

    void told(long done) {
        if (done != bytes) {
            bytes = done;
            since = System.nanoTime();
        }
    }

    boolean isOver() {
        return System.nanoTime() - since > longest.toNanos();
    }
}
