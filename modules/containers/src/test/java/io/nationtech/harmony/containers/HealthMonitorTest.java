package io.nationtech.harmony.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HealthMonitorTest {
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
            assertFalse(monitor.hasGivenUp(), "it has a minute to start");
            now.addAndGet(HealthThresholds.DEFAULT.startup().toNanos() + 1);
            assertTrue(monitor.hasGivenUp());
        }
    }

    @Test
    void whatIsDeclaredOfFailuresCounts() {
        HealthThresholds patient = HealthThresholds.DEFAULT
                .startingWithin(Duration.ZERO)
                .unhealthyAfter(2)
                .restartedAfter(100);
        AtomicBoolean well = new AtomicBoolean(true);
        AtomicInteger failures = new AtomicInteger();
        try (HealthMonitor monitor = monitor(patient, () -> well.get() || failures.incrementAndGet() < 0)) {
            Eventually.holds("it is well", () -> monitor.health() == Health.HEALTHY);
            well.set(false);
            Eventually.holds("it failed once", () -> failures.get() >= 1);
            assertTrue(monitor.health() == Health.HEALTHY || failures.get() >= 2, "one failure is none");
            Eventually.holds("it is not well", () -> monitor.health() == Health.UNHEALTHY);
            assertTrue(failures.get() >= 2);
            Eventually.holds("asked often", () -> failures.get() > HealthThresholds.DEFAULT.liveness());
            now.addAndGet(Duration.ofHours(1).toNanos());
            assertFalse(monitor.hasGivenUp(), "it may fail a hundred times");
        }
    }

    @Test
    void thresholdsOutOfBoundsAreRefusedByName() {
        for (Executable bad : List.<Executable>of(
                () -> HealthThresholds.DEFAULT.startingWithin(Duration.ofSeconds(-1)),
                () -> HealthThresholds.DEFAULT.startingWithin(Duration.ofMinutes(61)),
                () -> HealthThresholds.DEFAULT.startingWithin(Duration.ofMillis(1500)),
                () -> HealthThresholds.DEFAULT.unhealthyAfter(0),
                () -> HealthThresholds.DEFAULT.restartedAfter(101))) {
            assertTrue(
                    assertThrows(InvalidValueException.class, bad).getMessage().contains("a container "));
        }
    }

    @Test
    void onceItWasWellItIsGivenNoTimeToStart() {
        AtomicBoolean well = new AtomicBoolean(true);
        try (HealthMonitor monitor = monitor(well::get)) {
            Eventually.holds("it is well", () -> monitor.health() == Health.HEALTHY);
            well.set(false);
            Eventually.holds("it is given up", monitor::hasGivenUp);
            assertTrue(monitor.hasStarted());
        }
    }

    private interface Question {
        boolean ask();
    }

    private HealthMonitor monitor(Question question) {
        return monitor(HealthThresholds.DEFAULT, question);
    }

    private HealthMonitor monitor(HealthThresholds thresholds, Question question) {
        return HealthMonitor.begin(
                EVERY_SECOND,
                IpAddress.of("127.0.0.1"),
                thresholds,
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
