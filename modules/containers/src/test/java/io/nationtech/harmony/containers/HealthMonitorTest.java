package io.nationtech.harmony.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {
    private static final Duration STARTUP = Duration.ofMinutes(1);
    private static final HttpProbe EVERY_SECOND =
            new HttpProbe(Port.of(80), HttpPath.of("/"), Duration.ofSeconds(1), Duration.ofMillis(100));

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void saysUnknownAndHoldsUpNobodyUntilTheFirstAnswer() {
        CountDownLatch answer = new CountDownLatch(1);
        try (HealthMonitor monitor = monitor(() -> await(answer))) {
            assertEquals(Health.UNKNOWN, monitor.health());
            answer.countDown();
            Eventually.holds("it is well", () -> monitor.health() == Health.HEALTHY);
            assertTrue(monitor.hasStarted());
            assertEquals(1, told.get());
        }
    }

    @Test
    void whateverAQuestionThrowsIsNoGoodAnswerAndNotTheEndOfAsking() {
        AtomicBoolean mended = new AtomicBoolean();
        try (HealthMonitor monitor = monitor(() -> {
            if (!mended.get()) {
                throw new StackOverflowError();
            }
            return true;
        })) {
            Eventually.holds("it is not well", () -> monitor.health() == Health.UNHEALTHY);
            mended.set(true);
            Eventually.holds("it is well", () -> monitor.health() == Health.HEALTHY);
        }
    }

    @Test
    void givesUpAfterSeveralFailuresInARowButNotWhileItMayStillBeStarting() {
        try (HealthMonitor monitor = monitor(() -> false)) {
            Eventually.holds("asked three times", () -> asked.get() >= 4);
            assertFalse(monitor.hasGivenUp(STARTUP, 3), "it has a minute to start");
            now.addAndGet(STARTUP.toNanos() + 1);
            assertTrue(monitor.hasGivenUp(STARTUP, 3));
            assertFalse(monitor.hasGivenUp(STARTUP, 1000));
        }
    }

    @Test
    void onceItWasWellItIsGivenNoTimeToStart() {
        AtomicBoolean well = new AtomicBoolean(true);
        try (HealthMonitor monitor = monitor(well::get)) {
            Eventually.holds("it is well", () -> monitor.health() == Health.HEALTHY);
            well.set(false);
            Eventually.holds("it is given up", () -> monitor.hasGivenUp(STARTUP, 3));
            assertTrue(monitor.hasStarted());
        }
    }

    private interface Question {
        boolean ask();
    }

    private HealthMonitor monitor(Question question) {
        return HealthMonitor.begin(
                EVERY_SECOND,
                _ -> {
                    asked.incrementAndGet();
                    return question.ask();
                },
                now::get,
                told::incrementAndGet);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
