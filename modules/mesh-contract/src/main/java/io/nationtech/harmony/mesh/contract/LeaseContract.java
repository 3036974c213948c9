package io.nationtech.harmony.mesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Mesh;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** That a lease has one holder at a time and its fence never goes back. Each adapter's tests extend this. */
public abstract class LeaseContract extends MeshContract {

    /** For adapters. */
    protected LeaseContract() {}

    private final AtomicLong nanos = new AtomicLong();
    private static final Duration TERM = Leases.SHORTEST_TERM;

    private Leases contender(Mesh connection, String holder) {
        return new Leases(connection.bucket(name), holder, TERM, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aLeaseHasOneHolder() {
        Leases.Lease lease = contender(mesh, "one").tryAcquire(A).orElseThrow();

        assertTrue(lease.isHeld());
        assertEquals(Optional.empty(), contender(other, "two").tryAcquire(A));
    }

    @Test
    void aLeaseEndsByItself() {
        Leases.Lease lease = contender(mesh, "one").tryAcquire(A).orElseThrow();

        pass(TERM);

        assertFalse(lease.isHeld());
        assertFalse(lease.renew());
    }

    @Test
    void aRenewedLeaseIsNotTakenOver() {
        Leases challenger = contender(other, "two");
        Leases.Lease lease = contender(mesh, "one").tryAcquire(A).orElseThrow();
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), challenger.tryAcquire(A));
            pass(TERM.dividedBy(3));
            assertTrue(lease.renew());
        }

        assertTrue(lease.isHeld());
        assertEquals(Optional.empty(), challenger.tryAcquire(A));
    }

    @Test
    void aLapsedLeaseIsTakenOverWithAHigherEpochAndOnlyAfterItsHolderStopped() {
        Leases challenger = contender(other, "two");
        Leases.Lease first = contender(mesh, "one").tryAcquire(A).orElseThrow();
        assertEquals(Optional.empty(), challenger.tryAcquire(A));

        pass(TERM);
        assertEquals(Optional.empty(), challenger.tryAcquire(A), "the margin is not over");
        assertFalse(first.isHeld());
        pass(TERM.dividedBy(5));
        Leases.Lease second = challenger.tryAcquire(A).orElseThrow();

        assertTrue(second.epoch() > first.epoch(), second.epoch() + " > " + first.epoch());
        assertFalse(first.renew(), "the first holder is told that it lost");
    }

    @Test
    void aReleasedLeaseIsFreeAtOnceAndItsEpochGoesOn() {
        Leases.Lease first = contender(mesh, "one").tryAcquire(A).orElseThrow();

        first.release();
        Leases.Lease second = contender(other, "two").tryAcquire(A).orElseThrow();

        assertFalse(first.isHeld());
        assertTrue(second.epoch() > first.epoch());
    }

    @Test
    void aLeaseThatHoldsGarbageIsTakenOverAfterATermAndTheFenceNeverGoesBack() {
        Leases challenger = contender(other, "two");
        Leases.Lease first = contender(mesh, "one").tryAcquire(A).orElseThrow();
        bucket.put(A, text("no holder " + Long.MAX_VALUE));
        assertFalse(first.renew(), "the holder is told that it lost");

        assertEquals(Optional.empty(), challenger.holder(A));
        assertEquals(Optional.empty(), challenger.tryAcquire(A));
        pass(TERM);
        bucket.put(A, text("still garbage"));
        pass(TERM);
        assertEquals(Optional.empty(), challenger.tryAcquire(A), "it changed within the term");
        pass(TERM.multipliedBy(2));
        Leases.Lease second = challenger.tryAcquire(A).orElseThrow();

        assertTrue(second.epoch() > first.epoch(), second.epoch() + " > " + first.epoch());
        assertTrue(second.renew());
        assertEquals(Optional.of("two"), challenger.holder(A));
    }
}
