package io.nationtech.harmony.graph;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.value.ResourceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * Visits everything after what it depends on, and otherwise at the same time, each on a virtual thread of its own.
 *
 * @param <R> what comes of a visit
 */
final class Walk<R> {
    private final Map<ResourceId, Set<ResourceId>> after;
    private final BiFunction<ResourceId, Map<ResourceId, R>, R> visit;
    private final Map<ResourceId, Set<ResourceId>> before = new HashMap<>();
    private final Map<ResourceId, AtomicInteger> awaited = new HashMap<>();
    private final Map<ResourceId, R> results = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Throwable>> broken = new AtomicReference<>(Optional.empty());
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch left;
    private volatile boolean interrupted;

    private Walk(Map<ResourceId, Set<ResourceId>> after, BiFunction<ResourceId, Map<ResourceId, R>, R> visit) {
        this.after = after;
        this.visit = visit;
        this.left = new CountDownLatch(after.size());
    }

    /**
     * @param after what each waits for; what is not a key itself is not waited for. Without cycles
     * @param visit given what came of all visits so far, those waited for among them
     */
    static <R> Map<ResourceId, R> over(
            Map<ResourceId, Set<ResourceId>> after, BiFunction<ResourceId, Map<ResourceId, R>, R> visit)
            throws InterruptedException {
        return new Walk<>(after, visit).run();
    }

    private Map<ResourceId, R> run() throws InterruptedException {
        after.forEach((id, sources) -> {
            Set<ResourceId> known = new HashSet<>(sources);
            known.retainAll(after.keySet());
            awaited.put(id, new AtomicInteger(known.size()));
            known.forEach(source ->
                    before.computeIfAbsent(source, _ -> new HashSet<>()).add(id));
        });
        List<ResourceId> ready = after.keySet().stream()
                .filter(id -> requireNonNull(awaited.get(id)).get() == 0)
                .toList();
        ready.forEach(this::start);
        try {
            left.await();
        } catch (InterruptedException e) {
            end();
            throw e;
        }
        Optional<Throwable> thrown = broken.get();
        if (thrown.isPresent()) {
            throw Walk.<RuntimeException>asIs(thrown.get());
        }
        return results;
    }

    /** A visit declares no checked exception, so what it throws needs no wrapping, whatever its type. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException asIs(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** No thread outlives the walk: none begins another visit, and those that visit are interrupted. */
    private void end() {
        interrupted = true;
        running.forEach(Thread::interrupt);
        boolean ended = false;
        while (!ended) {
            try {
                left.await();
                ended = true;
            } catch (InterruptedException e) {
                running.forEach(Thread::interrupt);
            }
        }
    }

    private void start(ResourceId id) {
        try {
            Thread.ofVirtual().name("walk ", 0).start(() -> visit(id));
        } catch (Throwable e) {
            // There may be no memory for another thread; whoever waits must learn of it all the same.
            breakOff(e);
            ended(id);
        }
    }

    private void visit(ResourceId id) {
        running.add(Thread.currentThread());
        try {
            if (broken.get().isEmpty() && !interrupted) {
                results.put(id, visit.apply(id, results));
            }
        } catch (Throwable e) {
            // The edge of a thread: what got past it would leave no result, and nobody would know.
            breakOff(e);
        } finally {
            running.remove(Thread.currentThread());
            ended(id);
        }
    }

    private void breakOff(Throwable e) {
        broken.compareAndSet(Optional.empty(), Optional.of(e));
    }

    private void ended(ResourceId id) {
        before.getOrDefault(id, Set.of()).stream()
                .filter(next -> requireNonNull(awaited.get(next)).decrementAndGet() == 0)
                .forEach(this::start);
        left.countDown();
    }
}
