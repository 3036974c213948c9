package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean(true);
    private final AtomicLong clock = new AtomicLong();
    private Runnable meanwhile = () -> {};
    private final Snapshot<Integer> snapshot = new Snapshot<>(
            () -> {
                int answer = asked.incrementAndGet();
                meanwhile.run();
                return answer;
            },
            told::get,
            Duration.ofSeconds(5),
            clock::get);

    @Test
    void isAskedOnceUntilSomethingChanged() {
        assertEquals(1, snapshot.current());
        assertEquals(1, snapshot.current());
        snapshot.invalidate();
        assertEquals(2, snapshot.current());
    }

    @Test
    void isAskedEachTimeWhileNobodyTellsOfChanges() {
        told.set(false);

        assertEquals(1, snapshot.current());
        assertEquals(2, snapshot.current());
    }

    @Test
    void isAskedAgainWhenItIsOld() {
        snapshot.current();
        clock.addAndGet(Duration.ofSeconds(5).toNanos());

        assertEquals(2, snapshot.current());
    }

    @Test
    void anAnswerThatWasOvertakenByAChangeIsNotKept() {
        meanwhile = () -> {
            meanwhile = () -> {};
            snapshot.invalidate();
        };

        assertEquals(1, snapshot.current());
        assertEquals(2, snapshot.current());
    }
}
