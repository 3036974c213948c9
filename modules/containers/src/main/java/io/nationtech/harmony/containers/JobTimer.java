package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.driver.Owned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells when a job is due. */
final class JobTimer implements AutoCloseable {
    /** The clock may be set: machines without a battery begin in the past. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Consumer<DeploymentName> due;
    private final Map<Owned, Instant> times = new ConcurrentHashMap<>();
    private final Semaphore changed = new Semaphore(0);
    private final Thread thread;

    /**
     * @param due told once for each time, by one thread, which it must not hold up
     */
    JobTimer(InstantSource clock, Consumer<DeploymentName> due) {
        this.clock = clock;
        this.due = due;
        this.thread = Thread.ofVirtual().name("jobs").start(this::run);
    }

    /** When a job is due next; empty for not by itself. */
    void set(Owned job, Optional<Instant> time) {
        time.ifPresentOrElse(next -> times.put(job, next), () -> times.remove(job));
        changed.release();
    }

    private void run() {
        try {
            while (true) {
                Instant now = clock.instant();
                times.forEach((job, time) -> {
                    if (!time.isAfter(now) && times.remove(job, time)) {
                        due.accept(job.deployment());
                    }
                });
                if (changed.tryAcquire(pause(now).toMillis() + 1, TimeUnit.MILLISECONDS)) {
                    changed.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause(Instant now) {
        return times.values().stream()
                .map(time -> Duration.between(now, time))
                .filter(Duration::isPositive)
                .min(Duration::compareTo)
                .filter(next -> next.compareTo(LOOK) < 0)
                .orElse(LOOK);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
