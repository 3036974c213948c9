package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.value.IpAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Asks one container how it is, by a clock and on a thread of its own: whoever wants to know is told what it said last, and waits for
 * nothing.
 */
final class HealthMonitor implements AutoCloseable {
    /** While a container comes up, people wait for it. */
    private static final Duration WHILE_STARTING = Duration.ofSeconds(1);

    private final Probe probe;
    private final IpAddress at;
    private final HealthThresholds thresholds;
    private final Predicate<Probe> question;
    private final LongSupplier nanoTime;
    private final Runnable changed;
    private final long began;
    private final Semaphore ending = new Semaphore(0);
    private final Thread thread;
    private volatile Answers answers = new Answers(Health.UNKNOWN, 0, Startup.UNDER_WAY);

    private enum Startup {
        UNDER_WAY,
        DONE
    }

    /**
     * What it said so far.
     *
     * @param failures how often in a row it was not well
     */
    private record Answers(Health health, int failures, Startup startup) {
        Answers well() {
            return new Answers(Health.HEALTHY, 0, Startup.DONE);
        }

        Answers notWell(int mostFailures) {
            return new Answers(failures + 1 < mostFailures ? health : Health.UNHEALTHY, failures + 1, startup);
        }

        boolean isLike(Answers other) {
            return health == other.health && startup == other.startup;
        }
    }

    private HealthMonitor(
            Probe probe,
            IpAddress at,
            HealthThresholds thresholds,
            Predicate<Probe> question,
            LongSupplier nanoTime,
            Runnable changed) {
        this.probe = probe;
        this.at = at;
        this.thresholds = thresholds;
        this.question = question;
        this.nanoTime = nanoTime;
        this.changed = changed;
        this.began = nanoTime.getAsLong();
        this.thread = Thread.ofVirtual().name("probe").unstarted(this::run);
    }

    /**
     * Begins to ask.
     *
     * @param at where the probe's port is
     * @param question whether the container is well; may throw anything
     * @param changed called when what it says is another than before
     */
    static HealthMonitor begin(
            Probe probe,
            IpAddress at,
            HealthThresholds thresholds,
            Predicate<Probe> question,
            LongSupplier nanoTime,
            Runnable changed) {
        HealthMonitor monitor = new HealthMonitor(probe, at, thresholds, question, nanoTime, changed);
        monitor.thread.start();
        return monitor;
    }

    boolean isBy(Probe other, IpAddress place, HealthThresholds others) {
        return probe.equals(other) && at.equals(place) && thresholds.equals(others);
    }

    Health health() {
        return answers.health();
    }

    /** Whether it was well once. */
    boolean hasStarted() {
        return answers.startup() == Startup.DONE;
    }

    /** Whether it has not been well for so long that starting it again may help. */
    boolean hasGivenUp() {
        Answers now = answers;
        boolean hadTime = now.startup() == Startup.DONE
                || nanoTime.getAsLong() - began > thresholds.startup().toNanos();
        return hadTime && now.failures() >= thresholds.liveness();
    }

    private void run() {
        try {
            do {
                Answers before = answers;
                answers = isWell() ? before.well() : before.notWell(thresholds.readiness());
                if (!answers.isLike(before) || hasGivenUp()) {
                    changed.run();
                }
            } while (!ending.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever the other side does to whoever asks it, ends one question at most. */
    private boolean isWell() {
        try {
            return question.test(probe);
        } catch (Throwable e) {
            return false;
        }
    }

    private Duration pause() {
        return hasStarted() || probe.period().compareTo(WHILE_STARTING) < 0 ? probe.period() : WHILE_STARTING;
    }

    @Override
    public void close() {
        ending.release();
    }
}
