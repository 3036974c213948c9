package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets two read logs at a time: each reading is a process or two, and who asks for hundreds at once must not stall the node. */
final class LogReading {
    /** Of one reading, the whole of it. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final int AT_ONCE = 2;

    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * @throws RuntimeUnavailableException when two are reading already
     */
    <T> T read(String where, Supplier<T> reading) {
        if (!places.tryAcquire()) {
            throw new RuntimeUnavailableException(new Cause(
                    "this node is busy: it reads %d logs already".formatted(AT_ONCE),
                    where,
                    "ask again in some seconds"));
        }
        try {
            return reading.get();
        } finally {
            places.release();
        }
    }
}
