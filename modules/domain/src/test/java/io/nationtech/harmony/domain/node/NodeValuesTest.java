package io.nationtech.harmony.domain.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NodeValuesTest {

    @Test
    void aNodeIsLostOnceItIsSilentForMoreThanTwentySeconds() {
        assertInstanceOf(Liveness.Alive.class, Liveness.after(Duration.ZERO));
        assertInstanceOf(Liveness.Alive.class, Liveness.after(Duration.ofSeconds(20)));
        assertInstanceOf(
                Liveness.Lost.class, Liveness.after(Duration.ofSeconds(20).plusNanos(1)));
    }

    @Test
    void aHeartbeatNewerThanTheReadingCountsAsNow() {
        assertEquals(new Liveness.Alive(Duration.ZERO), Liveness.after(Duration.ofMillis(-300)));
    }

    @Test
    void aProbesPeriodHasBounds() {
        probe(Duration.ofSeconds(1), Duration.ofMillis(999));
        probe(Duration.ofHours(1), Duration.ofMillis(1));
        refused(() -> probe(Duration.ofMillis(999), Duration.ofMillis(1)), "probe period PT0.999S", "PT1S..PT1H");
        refused(() -> probe(Duration.ofHours(1).plusMillis(1), Duration.ofSeconds(1)), "PT1H0.001S");
    }

    @Test
    void aProbesTimeoutIsShorterThanItsPeriodAndNotZero() {
        refused(() -> probe(Duration.ofSeconds(1), Duration.ZERO), "timeout PT0S", "longer than zero");
        refused(() -> probe(Duration.ofSeconds(1), Duration.ofSeconds(-1)), "timeout PT-1S", "longer than zero");
        refused(() -> probe(Duration.ofSeconds(1), Duration.ofSeconds(1)), "shorter than the period PT1S");
    }

    @Test
    void aProbesTimesAreWholeMillisecondsSinceOthersWouldBeLostOnTheWay() {
        refused(() -> probe(Duration.ofSeconds(1), Duration.ofNanos(1)), "whole milliseconds");
        refused(() -> probe(Duration.ofSeconds(1).plusNanos(1), Duration.ofMillis(1)), "whole milliseconds");
    }

    @Test
    void aNodeIsNotToldToHaveOneThingTwice() {
        Container container = Services.named("web", 1).container();

        refused(
                () -> new DesiredState(NodeId.of("n1"), DeploymentName.of("site"), List.of(container, container)),
                "container web twice",
                "node 'n1'",
                "name of its own");
    }

    private static HttpProbe probe(Duration period, Duration timeout) {
        return new HttpProbe(Port.of(80), HttpPath.of("/"), period, timeout);
    }

    private static void refused(Executable making, String... saying) {
        String message = assertThrows(InvalidValueException.class, making).getMessage();
        for (String part : saying) {
            assertTrue(message.contains(part), () -> "\"%s\" does not say \"%s\"".formatted(message, part));
        }
    }
}
