package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.KindName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KindSupportTest {
    private static final Deployment<?> WEB = Homes.deployment(Lab.WEBSITE, Lab.service("web", 1, 1, 9001));

    @Test
    void aNodeWhoseAgentDoesNotKnowTheKindIsNamedBeforeAnythingIsWritten() {
        assertEquals(
                "the agents of 1 nodes do not know resource kind 'container': a",
                Homes.why(WEB, List.of(knowing(Map.of(KindName.of("dns-zone"), 1)))));
    }

    @Test
    void aNodeWhoseAgentKnowsTheKindIsPlannedOn() {
        assertEquals(Set.of("a"), Homes.where(WEB, List.of(knowing(Map.of(KindName.of("container"), 1)))));
    }

    private static NodeStatus knowing(Map<KindName, Integer> kinds) {
        NodeStatus node = Homes.node("a", "rack");
        return new NodeStatus(node.info().knowing(kinds), node.liveness(), node.hardware(), node.desired());
    }
}
