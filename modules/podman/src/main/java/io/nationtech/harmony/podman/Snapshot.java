package io.nationtech.harmony.podman;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The answer to a dear question, asked again only when it may have changed. Who asks while somebody else is asking waits for that
 * answer. Safe for use by several threads.
 */
final class Snapshot<T> {
    private final Supplier<T> question;
    private final BooleanSupplier changesAreTold;
    private final Duration maxAge;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private Optional<Answer<T>> last = Optional.empty();
    private long changes;

    private record Answer<T>(T value, long nanoTime) {}

    /**
     * @param changesAreTold whether {@link #invalidate} is called for changes that others make; while not, each asks anew
     * @param maxAge after which it is asked again all the same, for what nobody tells
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    Snapshot(Supplier<T> question, BooleanSupplier changesAreTold, Duration maxAge, LongSupplier nanoTime) {
        this.question = question;
        this.changesAreTold = changesAreTold;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
    }

    /** An answer that held at some time during this call, as far as changes were told. */
    T current() {
        Interruption.lock(asking, "this node");
        try {
            Optional<T> known = known();
            return known.isPresent() ? known.get() : ask();
        } finally {
            asking.unlock();
        }
    }

    private synchronized Optional<T> known() {
        return last.filter(_ -> changesAreTold.getAsBoolean())
                .filter(answer -> nanoTime.getAsLong() - answer.nanoTime() < maxAge.toNanos())
                .map(Answer::value);
    }

    private T ask() {
        long before = changes();
        long asked = nanoTime.getAsLong();
        T value = question.get();
        remember(before, new Answer<>(value, asked));
        return value;
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized void remember(long before, Answer<T> answer) {
        if (before == changes) {
            last = Optional.of(answer);
        }
    }

    /** Something changed. */
    synchronized void invalidate() {
        changes++;
        last = Optional.empty();
    }
}
