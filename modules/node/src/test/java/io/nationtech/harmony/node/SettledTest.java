package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.PowerSource;
import org.junit.jupiter.api.Test;

class SettledTest {

    @Test
    void figuresThatMovedLittleStayAsTheyWereTold() {
        Hardware told = Machines.with(new PowerSource.Battery(80), 40, Machines.disk(100, 50));

        Hardware near = Machines.with(new PowerSource.Battery(71), 49, Machines.disk(100, 46));

        assertEquals(told, Settled.from(told, near));
    }

    @Test
    void figuresThatMovedMuchAreNews() {
        Hardware told = Machines.with(new PowerSource.Battery(80), 40, Machines.disk(100, 50));

        Hardware far = Machines.with(new PowerSource.Battery(70), 50, Machines.disk(100, 45));

        assertEquals(far, Settled.from(told, far));
    }

    @Test
    void littleStepsAddUp() {
        Hardware told = Machines.with(Machines.disk(100, 50));
        for (int free = 49; free > 45; free--) {
            told = Settled.from(told, Machines.with(Machines.disk(100, free)));
        }

        assertEquals(Machines.with(Machines.disk(100, 50)), told);
        assertEquals(Machines.with(Machines.disk(100, 45)), Settled.from(told, Machines.with(Machines.disk(100, 45))));
    }

    @Test
    void aDiskThatFillsUpIsToldInSmallerStepsTheLessIsFreeAndAtOnceThatItIsNearlyFull() {
        assertTrue(isNews(100, 50, 45));
        assertFalse(isNews(100, 50, 46));
        assertTrue(isNews(100, 10, 9), "nearly full now");
        assertFalse(isNews(100, 9, 10), "a little to and fro is no news");
        assertTrue(isNews(100, 4, 2));
        assertTrue(isNews(100, 1, 0));
        assertFalse(isNews(1_000, 1, 0), "what comes and goes by a thousandth");
        assertTrue(isNews(100, 4, 90));
    }

    private static boolean isNews(long size, long before, long now) {
        Hardware told = Machines.withWorkSpace(size, before);
        return Settled.from(told, Machines.withWorkSpace(size, now)).equals(Machines.withWorkSpace(size, now));
    }

    @Test
    void whatHasNoFigureIsAlwaysNews() {
        Hardware told = Machines.with(new PowerSource.BackedMains(80), 40, Machines.disk(100, 50));

        Hardware other = Machines.with(new PowerSource.Battery(80), 40, Machines.disk(200, 51), Machines.stick());

        assertEquals(other, Settled.from(told, other));
    }
}
