package io.nationtech.harmony.engine;

import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The same for many nodes at a time, as the mesh and nodes bear more than one question at a time but not any number. */
public final class InParallel {
    private static final int MOST = 64;

    private InParallel() {}

    /** What is done with each. */
    @FunctionalInterface
    public interface Work<T, R> {
        R on(T item) throws InterruptedException;
    }

    /**
     * What came of each, in their order.
     *
     * @throws MeshUnavailableException when that was thrown for one; those that had not begun are left
     */
    public static <T, R> List<R> all(Collection<T> items, Work<T, R> work) throws InterruptedException {
        Semaphore free = new Semaphore(MOST);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running = new ArrayList<>();
            for (T item : items) {
                running.add(threads.submit(() -> {
                    free.acquire();
                    try {
                        return work.on(item);
                    } finally {
                        free.release();
                    }
                }));
            }
            // Leaving the block waits for every thread: those that are of no use must end.
            try {
                List<R> results = new ArrayList<>();
                for (Future<R> one : running) {
                    results.add(one.get());
                }
                return results;
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof MeshUnavailableException unavailable
                        ? unavailable
                        : new IllegalStateException(e.getCause());
            }
        }
    }
}
