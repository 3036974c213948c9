package io.nationtech.harmony.cli;

import static io.nationtech.harmony.cli.Examples.ALIVE;
import static io.nationtech.harmony.cli.Examples.free;
import static io.nationtech.harmony.cli.Examples.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.Liveness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeReportTest {
    private static final Inventory INVENTORY = new Inventory(List.of(
            node(2, new Liveness.Lost(Duration.ofHours(3))),
            free(20, node(1, ALIVE)),
            node(3, new Liveness.NeverSeen())));

    @Test
    void listsNodesById() {
        assertEquals("""
                NODE    SITE  FAILURE DOMAIN  ADDRESS    ARCH   CPUS  MEMORY   FREE DISK  OS                            AGENT  LAST SEEN         MAINTENANCE
                node-1  home  shelf-1         192.0.2.1  arm64  4     8.0 GiB  20 GiB     Debian GNU/Linux 13 (trixie)  0.1.0  3 s ago
                node-2  home  shelf-2         192.0.2.2  arm64  4     8.0 GiB  -          Debian GNU/Linux 13 (trixie)  0.1.0  lost, 3 h ago
                node-3  home  shelf-3         192.0.2.3  arm64  4     8.0 GiB  -          Debian GNU/Linux 13 (trixie)  0.1.0  lost, never seen
                """, NodeReport.text(INVENTORY, Ink.PLAIN));
    }

    @Test
    void namesFieldsForPrograms() {
        String json = Json.write(NodeReport.json(INVENTORY, List.of()));

        assertTrue(json.contains("\"liveness\" : \"alive\",\n    \"lastSeenSecondsAgo\" : 3"), json);
        assertTrue(json.contains("\"id\" : \"node-1\""), json);
        assertTrue(json.contains("\"memory\" : 8589934592"), json);
        assertTrue(json.contains("\"nearlyFull\" : false"), json);
        assertTrue(json.contains("\"liveness\" : \"never-seen\""), json);
    }
}
