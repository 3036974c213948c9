package io.nationtech.harmony.checker;

import com.sun.source.tree.Tree;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the compiler's own work and the calls of foreign factories within it on a thread apart, while the compiler waits. When a
 * single call takes too long, thread and call are given up: no thread can be stopped from outside, but it can be left behind.
 * A thread is handed over once a class, not once a call, which keeps the cost small.
 */
final class Watch {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Duration limit;
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    Watch(Duration limit) {
        this.limit = limit;
    }

    /** A call that has begun. */
    private record Running(Tree call, long since) {}

    /** A call took longer than the limit. */
    static final class Overdue extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Tree call;

        private Overdue(Tree call) {
            this.call = call;
        }

        Tree call() {
            return call;
        }
    }

    /** A call that returned after nobody waited for it any more; ends its thread. */
    static final class LeftBehind extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Marks the time of one call; on the thread of {@link #work}. */
    <T extends @Nullable Object> T call(Tree call, Callable<T> callee) throws Exception {
        Running begun = new Running(call, System.nanoTime());
        running.set(begun);
        try {
            return callee.call();
        } finally {
            end(begun);
        }
    }

    private void end(Running call) {
        if (!running.compareAndSet(call, null)) {
            throw new LeftBehind();
        }
    }

    /**
     * Does the work on a thread of its own.
     *
     * @param started told the thread before the work begins
     */
    <T> T work(Callable<T> work, Consumer<Thread> started) throws Overdue, ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("harmony-checker")
                .stackSize(8L << 20)
                .unstarted(task);
        started.accept(thread);
        thread.start();
        while (true) {
            try {
                return task.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                giveUpWhenOverdue(thread);
            }
        }
    }

    private void giveUpWhenOverdue(Thread thread) throws Overdue {
        Running current = running.get();
        if (current != null
                && System.nanoTime() - current.since() > limit.toNanos()
                && running.compareAndSet(current, null)) {
            thread.interrupt();
            throw new Overdue(current.call());
        }
    }
}
