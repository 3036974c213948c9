package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.ServiceSpec;
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
                "the agents of 1 nodes do not know resource kind 'container' in version 4 of its form: a",
                Homes.why(WEB, List.of(knowing(Map.of(KindName.of("dns-zone"), 1)))));
    }

    @Test
    void anOldAgentIsNamedWhenAContainerUsesWhatItDoesNotKnow() {
        ServiceSpec probed = Lab.service("web", 1, 1, 9001).spec();
        ContainerService plain = new ContainerService(new ServiceSpec(
                probed.name(),
                probed.container().with(Container.HealthCheck.DEFAULT),
                probed.replicas(),
                probed.terms(),
                probed.previously(),
                probed.reaches()));
        List<NodeStatus> old = List.of(knowing(Map.of(KindName.of("container"), 3)));

        assertEquals(
                "the agents of 1 nodes do not know resource kind 'container' in version 4 of its form: a",
                Homes.why(WEB, old));
        assertEquals(Set.of("a"), Homes.where(Homes.deployment(Lab.WEBSITE, plain), old));
    }

    @Test
    void aNodeWhoseAgentKnowsTheKindIsPlannedOn() {
        assertEquals(Set.of("a"), Homes.where(WEB, List.of(knowing(Map.of(KindName.of("container"), 4)))));
    }

    private static NodeStatus knowing(Map<KindName, Integer> kinds) {
        NodeStatus node = Homes.node("a", "rack");
        return new NodeStatus(node.info().knowing(kinds), node.liveness(), node.hardware(), node.desired());
    }
}
