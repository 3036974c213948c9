package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Nodes;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EveryNodeTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final ContainerService WEB = Services.named("web", 1);

    private static int copies(NodeStatus... nodes) {
        return assertInstanceOf(
                        Expansion.Runs.class,
                        WEB.onEveryNode()
                                .expand(SHOP, new Inventory(Stream.of(nodes).toList())))
                .tasks()
                .size();
    }

    @Test
    void oneCopyIsForEachNodeThatCanHaveIt() {
        assertEquals(2, copies(Nodes.alive("n1", "a"), Nodes.alive("n2", "b")));
        assertEquals(1, copies(Nodes.alive("n1", "a"), Nodes.at("home", "n2", "b", Set.of())));
    }

    @Test
    void whatUsesAShareRunsOnEveryNodeThatHasIt() {
        var indexer = WEB.shares(MountedShare.readOnly(ShareName.of("photos"), MountPath.of("/media")))
                .with(new EveryNode());
        NodeStatus bare = Nodes.alive("n1", "a");
        NodeInfo info = bare.info();
        NodeInfo sharing = new NodeInfo(
                NodeId.of("n2"),
                info.location(),
                info.address(),
                info.machine().sharing(Set.of(ShareName.of("photos"))),
                info.agent());
        NodeStatus there = new NodeStatus(sharing, bare.liveness(), bare.hardware(), bare.desired());

        assertEquals(
                1,
                assertInstanceOf(Expansion.Runs.class, indexer.expand(SHOP, new Inventory(List.of(bare, there))))
                        .tasks()
                        .size());
    }

    @Test
    void aLostNodeCountsForAsLongAsItHasACopy() {
        NodeStatus lost = Nodes.lost(Nodes.alive("n2", "b"));

        assertEquals(1, copies(Nodes.alive("n1", "a"), lost));
        assertEquals(2, copies(Nodes.alive("n1", "a"), Nodes.told(lost, SHOP, WEB.container())));
    }

    @Test
    void whileNoNodeIsKnownOneCopyStandsForAll() {
        assertEquals(1, copies());
        assertEquals(
                0,
                assertInstanceOf(
                                Expansion.Runs.class,
                                WEB.onEveryNode()
                                        .expand(SHOP, new Inventory(List.of(Nodes.at("home", "n1", "a", Set.of())))))
                        .tasks()
                        .size());
    }

    @Test
    void countedReplicasAndEveryNodeDoNotGoTogether() {
        InvalidValueException refused = assertThrows(
                InvalidValueException.class, () -> WEB.replicas(Replicas.of(2)).onEveryNode());

        assertTrue(refused.getMessage().contains("leave its replicas out"), refused::getMessage);
    }
}
