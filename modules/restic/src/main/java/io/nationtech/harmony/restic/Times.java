package io.nationtech.harmony.restic;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks when it is time. */
final class Times implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Times.class.getName());
    /** The clock may be set: machines without a battery begin in the past. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Supplier<Optional<Instant>> look;
    private final Semaphore changed = new Semaphore(0);
    private final Thread thread;

    /**
     * @param look begins what is due; tells when something is due next
     */
    Times(InstantSource clock, Supplier<Optional<Instant>> look) {
        this.clock = clock;
        this.look = look;
        this.thread = Thread.ofVirtual().name("backup-times").start(this::run);
    }

    void wake() {
        changed.release();
    }

    private void run() {
        try {
            while (true) {
                if (changed.tryAcquire(pause().toMillis() + 1, TimeUnit.MILLISECONDS)) {
                    changed.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        try {
            return look.get()
                    .map(next -> Duration.between(clock.instant(), next))
                    .filter(time -> time.compareTo(LOOK) < 0)
                    .orElse(LOOK);
        } catch (RuntimeException e) {
            // The edge of a thread: whatever is the matter, it is looked again.
            LOG.log(Level.WARNING, "It cannot be seen which backups are due: {0}", e.toString());
            return LOOK;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
