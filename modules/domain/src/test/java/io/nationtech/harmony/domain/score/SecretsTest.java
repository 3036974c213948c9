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
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final SecretRef PASSWORD = SecretRef.of("password");
    private static final SecretRef TOKEN = SecretRef.of("token");
    private static final ContainerService WEB = Services.named("web", 1);

    interface Home extends ContainerRuntime, SecretStore {}

    @Test
    void everyContainerReadsTheNewestVersion() {
        Inventory inventory = nodes().with(Map.of(PASSWORD, 4L, TOKEN, 1L));
        Score<Home> reading = WEB.replicas(Replicas.of(2)).secrets(PASSWORD, TOKEN);

        Expansion.Runs runs = assertInstanceOf(Expansion.Runs.class, reading.expand(SHOP, inventory));

        assertEquals(2, runs.tasks().size());
        runs.tasks().forEach(task -> {
            Container container = (Container) task.main();
            assertEquals(
                    List.of(new MountedSecret(PASSWORD, 4), new MountedSecret(TOKEN, 1)),
                    container.security().secrets());
            assertEquals(WEB.container(), container.with(Container.Security.DEFAULT));
        });
    }

    @Test
    void aSecretOfUnknownVersionCannotBeHad() {
        Score<Home> reading = WEB.secrets(PASSWORD);

        Expansion.Impossible refused = assertInstanceOf(Expansion.Impossible.class, reading.expand(SHOP, nodes()));

        assertTrue(refused.cause().next().contains("harmony secret set password"), refused::toString);
    }

    @Test
    void aDeploymentKnowsItsSecretsAndTestsTheServiceWithoutThem() {
        ContainerService members = WEB.replicas(Replicas.of(3));

        Deployment<Home> deployment = Deployment.named(SHOP)
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(Quorum.of(members).with(Secrets.of(TOKEN, PASSWORD)))
                .provenBy(HttpSmokeTest.of(members, HttpPath.of("/"), "Welcome"));

        assertEquals(List.of(PASSWORD, TOKEN), deployment.secrets());
    }

    @Test
    void aZoneHasNoContainerThatCouldReadOne() {
        DnsZone zone = DnsZone.of(
                ServiceName.of("names"),
                DnsName.of("lab.example.org"),
                new DnsRecord.Address(DnsName.of("web.lab.example.org"), IpAddress.of("192.0.2.7")));

        String message = assertThrows(InvalidValueException.class, () -> zone.with(Secrets.of(TOKEN)))
                .getMessage();

        assertEquals("score 'names' runs no container that could have secrets: dns-zone names", message);
    }

    @Test
    void noSecretIsReadTwice() {
        assertThrows(InvalidValueException.class, () -> WEB.secrets(TOKEN).with(Secrets.of(PASSWORD, TOKEN)));
        assertThrows(InvalidValueException.class, () -> WEB.secrets(TOKEN, TOKEN));
    }

    @Test
    void aVariableOfTheProcessHasTheNewestVersionOfItsSecret() {
        EnvName variable = EnvName.of("DB_PASSWORD");
        Score<Home> reading = WEB.replicas(Replicas.of(2))
                .<Home>secretEnv(variable, PASSWORD)
                .with(SecretEnv.of(EnvName.of("PGPASSWORD"), PASSWORD)
                        .and(
                                EnvName.of("API_TOKEN"),
                                SecretText.of(EnvText.of("Bearer ")).and(TOKEN)));

        Expansion.Runs runs = assertInstanceOf(
                Expansion.Runs.class, reading.expand(SHOP, nodes().with(Map.of(PASSWORD, 4L, TOKEN, 1L))));

        assertEquals(2, runs.tasks().size());
        runs.tasks().forEach(task -> {
            Container.Security security = ((Container) task.main()).security();
            assertEquals(
                    Set.of(new MountedSecret(PASSWORD, 4), new MountedSecret(TOKEN, 1)),
                    Set.copyOf(security.secrets()));
            assertEquals(2, security.secrets().size());
            assertEquals(
                    Map.of(
                            variable,
                            SecretText.of(PASSWORD),
                            EnvName.of("PGPASSWORD"),
                            SecretText.of(PASSWORD),
                            EnvName.of("API_TOKEN"),
                            SecretText.of(EnvText.of("Bearer ")).and(TOKEN)),
                    security.env());
        });
        assertInstanceOf(Expansion.Impossible.class, reading.expand(SHOP, nodes()));
    }

    @Test
    void aVariableHasOneValue() {
        EnvName variable = EnvName.of("DB_PASSWORD");
        Score<Home> reading = WEB.secretEnv(variable, PASSWORD);
        assertThrows(InvalidValueException.class, () -> reading.with(SecretEnv.of(variable, TOKEN)));
        assertThrows(
                InvalidValueException.class,
                () -> SecretEnv.of(variable, PASSWORD).and(variable, TOKEN));
        assertEquals(
                "variable DB_PASSWORD of container 'web' has a plain value and the secret one ${password}; leave out one of both",
                assertThrows(
                                InvalidValueException.class,
                                () -> WEB.env(variable, EnvText.of("hunter2")).secretEnv(variable, PASSWORD))
                        .getMessage());
        assertThrows(
                InvalidValueException.class,
                () -> Container.Security.DEFAULT.env(Map.of(variable, SecretText.of(PASSWORD))),
                "of a secret that is not there");
        assertThrows(
                InvalidValueException.class,
                () -> SecretEnv.of(variable, SecretText.of(EnvText.of("hunter2"))),
                "of none");
    }

    @Test
    void whatAVariableHasMayBeReadFromItsFileToo() {
        Score<Home> one = WEB.<Home>secrets(PASSWORD).with(SecretEnv.of(EnvName.of("DB_PASSWORD"), PASSWORD));
        Score<Home> other =
                WEB.<Home>secretEnv(EnvName.of("DB_PASSWORD"), PASSWORD).with(Secrets.of(PASSWORD));
        Inventory inventory = nodes().with(Map.of(PASSWORD, 4L));

        assertEquals(one.expand(SHOP, inventory), other.expand(SHOP, inventory));
    }

    private static Inventory nodes() {
        return new Inventory(List.of(Nodes.alive("a", "a"), Nodes.alive("b", "b"), Nodes.alive("c", "c")));
    }
}
