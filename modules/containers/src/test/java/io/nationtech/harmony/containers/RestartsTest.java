package io.nationtech.harmony.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {

    @Test
    void thePauseDoublesToFiveMinutesAndIsForgottenAfterALongTimeOfHealth() {
        Restarts so = Restarts.NONE;
        assertTrue(so.mayRestart(0));
        so = so.oneMore(0);
        assertFalse(so.mayRestart(Duration.ofSeconds(9).toNanos()));
        assertTrue(so.mayRestart(Duration.ofSeconds(10).toNanos()));
        for (int i = 0; i < 10; i++) {
            so = so.oneMore(so.at() + so.pause().toNanos());
        }
        assertEquals(Duration.ofMinutes(5), so.pause());
        so = so.oneMore(so.at() + Duration.ofMinutes(16).toNanos());
        assertEquals(Duration.ofSeconds(10), so.pause());
        assertEquals(12, so.count());
    }
}
