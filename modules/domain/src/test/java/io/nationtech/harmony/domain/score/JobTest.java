package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.JobSpec;
import io.nationtech.harmony.domain.node.Schedule;
import io.nationtech.harmony.domain.node.StartCondition;
import io.nationtech.harmony.domain.node.Trigger;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.CalendarTime;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TimeZoneName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JobTest {
    private static final Job.WithImage WORK =
            Job.named(ServiceName.of("work")).image(ImageReference.of("registry.internal/work:1"));
    private static final Memory LIMIT = Memory.mebibytes(64);

    @Test
    void isOneContainerThatKnowsWhenItRuns() {
        Job job = WORK.once().memoryLimit(LIMIT).args(Arguments.of("migrate")).deadline(Duration.ofMinutes(2));

        Container container = container(job, Map.of());
        assertEquals(
                Optional.of(new JobSpec(new Trigger.Once(), Optional.of(Duration.ofMinutes(2)))),
                container.execution().job());
        assertEquals(
                Optional.of(Arguments.of("migrate")),
                container.execution().program().args());
        assertEquals(List.of(), container.network().ports());
    }

    @Test
    void hasSecretsAndVolumesAsServicesHave() {
        SecretRef password = SecretRef.of("password");
        Schedule nightly = Schedule.of(CalendarTime.of("02:30")).in(TimeZoneName.of("Europe/Zurich"));
        Job job = WORK.on(nightly).memoryLimit(LIMIT);

        Container container = container(
                job.secrets(password).with(Volumes.of(Volume.of(DataName.of("dumps"), MountPath.of("/var/dumps")))),
                Map.of(password, 4L));
        assertEquals(Optional.of(JobSpec.of(nightly)), container.execution().job());
        assertEquals(1, container.security().secrets().size());
        assertEquals(1, container.storage().volumes().size());
    }

    private static Container container(Score<?> score, Map<SecretRef, Long> secrets) {
        Expansion.Runs runs = assertInstanceOf(
                Expansion.Runs.class, score.expand(DeploymentName.of("shop"), new Inventory(List.of(), secrets)));
        assertEquals(1, runs.tasks().size());
        return assertInstanceOf(Container.class, runs.tasks().getFirst().main());
    }

    @Test
    void refusesADeadlineThatCannotBe() {
        Job often = WORK.at(CalendarTime.of("*:0/15")).memoryLimit(LIMIT);
        assertEquals(
                Optional.of(Duration.ofMinutes(15)),
                often.deadline(Duration.ofMinutes(15)).job().deadline());
        assertRefused("comes after 15m", () -> often.deadline(Duration.ofMinutes(16)));
        Job once = WORK.once().memoryLimit(LIMIT);
        assertRefused("cannot be given 0s", () -> once.deadline(Duration.ZERO));
        assertRefused("cannot be given 0.5s", () -> once.deadline(Duration.ofMillis(500)));
        assertRefused("cannot be given 744h", () -> once.deadline(Duration.ofDays(31)));
    }

    @Test
    void servicesStartAfterIt() {
        Job migrate = WORK.once().memoryLimit(LIMIT);
        ContainerService web = Services.named("web", 1).after(migrate.completed());
        Together<?> shop = Together.of(ServiceName.of("shop"), web, migrate);

        List<Container> containers = Container.among(assertInstanceOf(
                        Expansion.Runs.class,
                        shop.expand(DeploymentName.of("shop"), new Inventory(List.of(), Map.of())))
                        .tasks()
                        .getFirst()
                        .resources()
                        .stream())
                .toList();
        assertEquals(
                List.of("work", "web"),
                containers.stream().map(container -> container.name().value()).toList());
        assertEquals(
                Set.of(new StartCondition(ContainerName.of("work"), StartCondition.Reached.COMPLETED)),
                containers.getLast().execution().after());
        Job nightly = WORK.at(CalendarTime.of("daily")).memoryLimit(LIMIT);
        assertRefused("is never completed", nightly::completed);
    }

    @Test
    void aContainerThatIsAJobHasNoProbe() {
        Container job = WORK.once().memoryLimit(LIMIT).container();
        assertRefused("has a probe", () -> job.with(Container.HealthCheck.by(CommandProbe.of(Arguments.of("check")))));
    }

    private static void assertRefused(String why, Executable call) {
        String message = assertThrows(InvalidValueException.class, call).getMessage();
        assertTrue(message.contains(why), message);
    }
}
