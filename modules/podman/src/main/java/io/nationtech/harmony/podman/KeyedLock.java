package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One at a time for each name, so that a slow image holds up no other container. As many locks as names were ever used. */
final class KeyedLock {
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * @throws RuntimeUnavailableException when the thread is interrupted while it waits, which stays set
     */
    <T> T withLock(String name, Supplier<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(name, _ -> new ReentrantLock());
        Interruption.lock(lock, name);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
