package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
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
    void anOldAgentIsNamedWhenAContainerUsesWhatItDoesNotKnow() {
        Deployment<?> zoned = Homes.deployment(
                Lab.WEBSITE, Lab.service("web", 1, 1, 9001).env(EnvName.of("TZ"), EnvText.of("Europe/Zurich")));
        List<NodeStatus> old = List.of(knowing(Map.of(KindName.of("container"), 2)));

        assertEquals(
                "the agents of 1 nodes do not know resource kind 'container' in version 3 of its form: a",
                Homes.why(zoned, old));
        assertEquals(Set.of("a"), Homes.where(WEB, old));
        assertEquals(Set.of("a"), Homes.where(zoned, List.of(knowing(Map.of(KindName.of("container"), 3)))));
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
