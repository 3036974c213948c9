package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Lowering;
import io.nationtech.harmony.domain.Nodes;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContainerServiceTest {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");

    @Test
    void theBuilderMakesWhatItsStagesSay() {
        ContainerService service = ContainerService.named(ServiceName.of("web"))
                .image(ImageReference.of("registry.internal/web:1"))
                .publishes(new PublishedPort(Port.of(8080), Port.of(80)))
                .probedAt(HttpPath.of("/health"))
                .memoryLimit(Memory.mebibytes(64));

        assertEquals(Replicas.of(1), service.replicas());
        assertEquals(
                new Container(
                        ContainerName.of("web"),
                        ImageReference.of("registry.internal/web:1"),
                        List.of(new PublishedPort(Port.of(8080), Port.of(80))),
                        Optional.of(HttpProbe.of(Port.of(8080), HttpPath.of("/health"))),
                        Memory.mebibytes(64)),
                service.container());
    }

    @Test
    void moreReplicasAreTheSameServiceOtherwise() {
        ContainerService one = Services.named("web", 1);

        assertEquals(one.container(), one.times(Replicas.of(3)).container());
        assertEquals(Replicas.of(3), one.times(Replicas.of(3)).replicas());
    }

    @Test
    void theProbeAsksThePublishedPort() {
        ContainerService good = Services.named("web", 1);

        String message = assertThrows(
                        InvalidValueException.class,
                        () -> new ContainerService(
                                good.name(),
                                good.image(),
                                good.replicas(),
                                good.port(),
                                HttpProbe.of(Port.of(9090), HttpPath.of("/")),
                                good.memoryLimit(),
                                good.needs()))
                .getMessage();

        assertTrue(message.contains("'web' asks port 9090, but the service publishes 8080"), message);
    }

    @Test
    void replicasAvoidLostNodesAndNodesWhereAnotherDeploymentHasThePort() {
        Container other = Services.named("other", 1).container();
        Inventory inventory = inventory(
                Nodes.lost(Nodes.alive("a", "x")),
                Nodes.told(Nodes.alive("b", "x"), DeploymentName.of("other"), other),
                Nodes.alive("c", "x"),
                Nodes.told(
                        Nodes.alive("d", "x"), WEBSITE, Services.named("web", 1).container()));

        assertEquals(Set.of("c", "d"), placed(Services.named("web", 2), inventory));
    }

    @Test
    void aPortOfAnotherNumberIsNoObstacle() {
        Inventory inventory = inventory(Nodes.told(
                Nodes.alive("a", "x"),
                DeploymentName.of("other"),
                Services.at(8081, "other", 1).container()));

        assertEquals(Set.of("a"), placed(Services.named("web", 1), inventory));
    }

    @Test
    void tooFewNodesAreExplained() {
        Container other = Services.named("other", 1).container();
        Inventory inventory = inventory(
                Nodes.lost(Nodes.alive("a", "x")),
                Nodes.told(Nodes.alive("b", "x"), DeploymentName.of("other"), other),
                Nodes.alive("c", "x"));

        Cause cause = assertInstanceOf(
                        Lowering.Unplaceable.class, Services.named("web", 2).lower(WEBSITE, inventory))
                .cause();

        assertEquals(
                "service 'web' wants 2 nodes, one a replica, and 1 fit: of 3 nodes with what it needs, 1 are lost and on 1 another deployment has port 8080",
                cause.what());
        assertTrue(cause.where().contains("'website'"), cause.where());
        assertTrue(cause.next().contains("`harmony node list`"), cause.next());
    }

    private static Inventory inventory(NodeStatus... nodes) {
        return new Inventory(List.of(nodes));
    }

    private static Set<String> placed(ContainerService service, Inventory inventory) {
        Lowering.Placed placed = assertInstanceOf(Lowering.Placed.class, service.lower(WEBSITE, inventory));
        assertTrue(placed.resources().values().stream().allMatch(List.of(service.container())::equals));
        return Set.copyOf(
                placed.resources().keySet().stream().map(NodeId::value).toList());
    }
}
