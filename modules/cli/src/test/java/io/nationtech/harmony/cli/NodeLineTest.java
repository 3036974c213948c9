package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeLineTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final NodeLine LINE = NodeLine.begin("node 'node-1'", BEGAN);

    @Test
    void countsWhileItWaits() {
        assertEquals("  … node 'node-1'  7 s", LINE.text(BEGAN.plusSeconds(7), Ink.PLAIN));
    }

    @Test
    void keepsTheTimeAtWhichItEnded() {
        NodeLine done = LINE.ended(BEGAN.plusSeconds(7), new Outcome.Changed("node 'node-1' follows revision 4"));
        NodeLine failed = LINE.ended(BEGAN.plusSeconds(9), new Outcome.Failed(new Cause("x", "y", "z")));

        assertEquals("  ✓ node 'node-1' follows revision 4  7 s", done.text(BEGAN.plusSeconds(60), Ink.PLAIN));
        assertEquals("  ✗ node 'node-1' failed  9 s", failed.text(BEGAN.plusSeconds(60), Ink.PLAIN));
    }
}
