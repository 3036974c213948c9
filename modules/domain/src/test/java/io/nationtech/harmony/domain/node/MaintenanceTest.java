package io.nationtech.harmony.domain.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaintenanceTest {
    @Test
    void saysSinceWhenAndByWhom() {
        Maintenance maintenance = new Maintenance(
                NodeId.of("n1"),
                Maintenance.Extent.CORDONED,
                Instant.parse("2026-11-25T12:00:00.9Z"),
                Author.of("alice@laptop"));

        assertEquals("in maintenance since 2026-11-25T12:00:00Z, by alice@laptop", maintenance.toString());
    }

    @Test
    void aPersonIsOnePrintableWord() {
        for (String wrong : List.of("", "alice laptop", "a\n", "é", "a".repeat(129))) {
            assertThrows(InvalidValueException.class, () -> Author.of(wrong), wrong);
        }
        assertEquals("a".repeat(128), Author.of("a".repeat(128)).value());
    }
}
