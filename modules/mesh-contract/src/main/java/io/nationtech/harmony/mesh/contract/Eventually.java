package io.nationtech.harmony.mesh.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;

/** Waits for a condition, for as long as a slow machine may need. */
public final class Eventually {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private Eventually() {}

    /** Returns once the condition holds; fails the test after 30 s. */
    public static void holds(String what, BooleanSupplier condition) {
        holds(what, TIMEOUT, condition);
    }

    /** Returns once the condition holds; fails the test when it does not in time. */
    public static void holds(String what, Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("not within %d s: %s".formatted(timeout.toSeconds(), what));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
