package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChaosScheduleTest {
    private static final Duration LENGTH = Duration.ofMinutes(1);
    private static final List<ChaosSchedule> MANY = IntStream.range(0, 200)
            .mapToObj(seed -> ChaosSchedule.of(seed, LENGTH))
            .toList();

    @Test
    void aSeedTellsAllOfIt() {
        assertEquals(ChaosSchedule.of(7, LENGTH), ChaosSchedule.of(7, LENGTH));
        assertNotEquals(ChaosSchedule.of(7, LENGTH), ChaosSchedule.of(8, LENGTH));
    }

    @Test
    void nothingIsBrokenByTwoAtOnceAndAllIsMendedInTheEnd() {
        for (ChaosSchedule schedule : MANY) {
            List<ChaosSchedule.Step> steps = schedule.steps();
            for (int index = 0; index < steps.size(); index++) {
                ChaosSchedule.Step later = steps.get(index);
                assertTrue(later.ends().compareTo(LENGTH) <= 0, later::toString);
                for (ChaosSchedule.Step before : steps.subList(0, index)) {
                    assertTrue(
                            before.ends().compareTo(later.begins()) <= 0
                                    || Collections.disjoint(
                                            before.fault().parts(),
                                            later.fault().parts()),
                            () -> before + " and " + later);
                }
            }
        }
    }

    @Test
    void everyFaultHasItsTurn() {
        Set<Class<?>> found = MANY.stream()
                .flatMap(schedule -> schedule.steps().stream())
                .map(step -> step.fault().getClass())
                .collect(Collectors.toSet());

        assertEquals(Arrays.stream(Fault.class.getPermittedSubclasses()).collect(Collectors.toSet()), found);
    }
}
