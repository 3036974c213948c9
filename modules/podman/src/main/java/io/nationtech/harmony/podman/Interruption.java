package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What becomes of work whose thread is interrupted. The thread's interrupt status is always set afterwards. */
final class Interruption {
    private Interruption() {}

    /** Takes a lock, or gives up at once when interrupted. */
    static void lock(ReentrantLock lock, String about) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeUnavailableException(cause(about));
        }
    }

    /** Why something was not done. */
    static Cause cause(String about) {
        return new Cause(
                "interrupted, as it is not wanted any more or the agent stops",
                about,
                "nothing; what is wanted follows");
    }

    /**
     * Does to its end what would leave a service down if it were cut short. On another thread, as programs are killed when the
     * thread that waits for them is interrupted.
     */
    static <T> T deferred(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(
                            work, task -> Thread.ofVirtual().start(task))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
