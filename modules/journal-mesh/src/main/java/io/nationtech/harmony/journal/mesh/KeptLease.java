package io.nationtech.harmony.journal.mesh;

import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A lease that a thread of its own renews until it is closed, or lost. Any thread may ask whether it is held. */
final class KeptLease implements AutoCloseable {
    private static final Logger LOG = System.getLogger(KeptLease.class.getName());

    private final Leases.Lease lease;
    private final Duration term;
    private final MeshJournals.Clocks clocks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread renewer = Thread.ofVirtual().name("lease").unstarted(this::renewUntilClosed);
    private volatile long until;

    /**
     * @param since from before the write that gave it
     */
    KeptLease(Leases.Lease lease, long since, Duration term, MeshJournals.Clocks clocks) {
        this.lease = lease;
        this.term = term;
        this.clocks = clocks;
        this.until = since + term.toNanos();
        renewer.start();
    }

    boolean isHeld() {
        return clocks.nanos().getAsLong() - until < 0;
    }

    private void renewUntilClosed() {
        try {
            while (!closed.await(clocks.renewal().toMillis(), TimeUnit.MILLISECONDS) && isHeld()) {
                renew();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        long before = clocks.nanos().getAsLong();
        try {
            until = lease.renew() ? before + term.toNanos() : before;
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "The lease is not renewed: {0}", e.getMessage());
        } catch (Throwable e) {
            // The edge of a thread: one failure must not end all renewals. Without any, the lease runs out and the
            // apply stops.
            LOG.log(Level.WARNING, "The lease is not renewed", e);
        }
    }

    /** Gives it up; when the mesh is away, it runs out by itself. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (renewer.isAlive()) {
            try {
                renewer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            lease.release();
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "The lease is not given up and runs out: {0}", e.getMessage());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
