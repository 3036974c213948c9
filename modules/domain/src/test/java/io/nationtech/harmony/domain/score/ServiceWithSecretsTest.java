package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Nodes;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceWithSecretsTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final SecretRef PASSWORD = SecretRef.of("password");
    private static final SecretRef TOKEN = SecretRef.of("token");
    private static final ContainerService WEB = Services.named("web", 1);

    interface Home extends ContainerRuntime, SecretStore {}

    @Test
    void everyContainerReadsTheNewestVersion() {
        Inventory inventory = nodes().with(Map.of(PASSWORD, 4L, TOKEN, 1L));
        Score<Home> reading = WEB.times(Replicas.of(2)).reads(PASSWORD, TOKEN);

        Expansion.Runs runs = assertInstanceOf(Expansion.Runs.class, reading.expand(SHOP, inventory));

        assertEquals(2, runs.tasks().size());
        runs.tasks().forEach(task -> {
            Container container = (Container) task.main();
            assertEquals(List.of(new MountedSecret(PASSWORD, 4), new MountedSecret(TOKEN, 1)), container.security().secrets());
            assertEquals(WEB.container(), container.with(Container.Security.DEFAULT));
        });
    }

    @Test
    void aSecretOfUnknownVersionCannotBeHad() {
        Score<Home> reading = WEB.reads(PASSWORD);

        Expansion.Impossible refused = assertInstanceOf(Expansion.Impossible.class, reading.expand(SHOP, nodes()));

        assertTrue(refused.cause().next().contains("harmony secret set password"), refused::toString);
    }

    @Test
    void aDeploymentKnowsItsSecretsAndTestsTheServiceWithoutThem() {
        ContainerService members = WEB.times(Replicas.of(3));

        Deployment<Home> deployment = Deployment.named(SHOP)
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(QuorumService.of(members).reads(TOKEN, PASSWORD))
                .provenBy(HttpSmokeTest.of(members, HttpPath.of("/"), "Welcome"));

        assertEquals(List.of(PASSWORD, TOKEN), deployment.secrets());
    }

    @Test
    void noSecretIsReadTwice() {
        assertThrows(InvalidValueException.class, () -> new ServiceWithSecrets<Home>(WEB, List.of(TOKEN, TOKEN)));
    }

    private static Inventory nodes() {
        return new Inventory(List.of(Nodes.alive("a", "a"), Nodes.alive("b", "b"), Nodes.alive("c", "c")));
    }
}
