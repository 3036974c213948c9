package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    private static final UnitName WEB = new UnitName(DeploymentName.of("shop"), ContainerName.of("web"));
    private final AtomicLong clock = new AtomicLong();
    private final RestartBackoff restarts = new RestartBackoff(clock::get);

    @Test
    void theFirstRestartIsAtOnceAndEachFurtherOneLater() {
        assertEquals(Optional.empty(), restarts.pause(WEB));
        Duration before = Duration.ZERO;
        for (int restart = 1; restart <= 5; restart++) {
            restarts.restarted(WEB);
            Duration pause = restarts.pause(WEB).orElseThrow();
            assertTrue(pause.compareTo(before) > 0, pause::toString);
            before = pause;
            clock.addAndGet(pause.toNanos());
            assertEquals(Optional.empty(), restarts.pause(WEB));
        }
    }

    @Test
    void thePauseHasABound() {
        for (int restart = 0; restart < 1000; restart++) {
            restarts.restarted(WEB);
        }

        assertEquals(Optional.of(RestartBackoff.LONGEST), restarts.pause(WEB));
        assertEquals(1000, restarts.total(WEB));
    }

    @Test
    void whoWasWellForLongBeginsAnew() {
        restarts.restarted(WEB);
        restarts.restarted(WEB);
        clock.addAndGet(RestartBackoff.WELL.toNanos());
        assertEquals(Optional.empty(), restarts.pause(WEB));

        restarts.restarted(WEB);

        assertEquals(Optional.of(RestartBackoff.FIRST), restarts.pause(WEB));
        assertEquals(3, restarts.total(WEB), "but all are counted");
    }
}
