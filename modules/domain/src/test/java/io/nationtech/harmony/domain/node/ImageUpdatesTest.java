package io.nationtech.harmony.domain.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TimeZoneName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ImageUpdatesTest {
    private static final ImageUpdates HOURLY = ImageUpdates.at(CalendarTime.of("hourly"));

    private static ContainerService web(String image) {
        return ContainerService.named(ServiceName.of("web"))
                .image(ImageReference.of(image))
                .publishes(Port.of(8080))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64));
    }

    @Test
    void replicasHaveTheirTurnsOneAfterTheOther() {
        ContainerService web =
                web("registry.internal/web:1").replicas(Replicas.of(3)).updates(ImageUpdates.daily());
        Expansion.Runs runs =
                (Expansion.Runs) web.expand(DeploymentName.of("shop"), new Inventory(List.of(), Map.of()));

        List<Instant> turns = Container.among(runs.tasks().stream().flatMap(task -> task.resources().stream()))
                .map(container -> container
                        .pull()
                        .updates()
                        .orElseThrow()
                        .after(
                                Instant.parse("2026-11-29T00:00:00Z"),
                                container.healthCheck().thresholds(),
                                ZoneOffset.UTC)
                        .orElseThrow())
                .toList();

        assertEquals(
                List.of(
                        Instant.parse("2026-11-29T04:00:00Z"),
                        Instant.parse("2026-11-29T04:26:00Z"),
                        Instant.parse("2026-11-29T04:52:00Z")),
                turns);
    }

    @Test
    void itsTimesAreByTheClocksOfItsZoneOrElseOfItsNode() {
        Instant moment = Instant.parse("2026-11-29T03:30:00Z");
        ImageUpdates zurich = ImageUpdates.daily().in(TimeZoneName.of("Europe/Zurich"));

        assertEquals(
                Optional.of(Instant.parse("2026-11-30T03:00:00Z")),
                zurich.after(moment, HealthThresholds.DEFAULT, ZoneOffset.UTC));
        assertEquals(
                Optional.of(Instant.parse("2026-11-29T04:00:00Z")),
                ImageUpdates.daily().after(moment, HealthThresholds.DEFAULT, ZoneOffset.UTC));
    }

    @Test
    void moreReplicasThanHaveTheirTurnInTimeAreRefusedWhicheverIsSaidLast() {
        ContainerService two =
                web("registry.internal/web:1").replicas(Replicas.of(2)).updates(HOURLY);

        assertTrue(refusal(() -> two.replicas(count(3))).contains("3 replicas take turns of 26 min"));
        assertTrue(refusal(() -> two.health(HealthThresholds.DEFAULT.startingWithin(
                        Duration.ofMinutes(count(10).count()))))
                .contains(
                        "2 replicas take turns of 35 min to follow their tag, and 'hourly' comes again after 60 min"));
    }

    /** Not known to the compiler, which would refuse this test. */
    private static Replicas count(int number) {
        return Replicas.of(Integer.parseInt(Integer.toString(number)));
    }

    private static String refusal(Executable call) {
        return assertThrows(InvalidValueException.class, call).getMessage();
    }
}
