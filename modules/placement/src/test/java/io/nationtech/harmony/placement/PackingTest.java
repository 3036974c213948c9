package io.nationtech.harmony.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PackingTest {
    @Test
    void usesAtMostOneNodeInTwentyMoreThanAnExactSolver() {
        PackingGap.Result result = PackingGap.measure(4, 16);
        assertTrue(result.proven() >= 8, () -> "too few optima proven: " + result);
        assertEquals(0, result.unplaced(), result::toString);
        assertTrue(result.used() >= result.optimum(), () -> "better than the optimum cannot be: " + result);
        assertTrue(result.percent() <= 5, result::toString);
    }
}
