package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSealing;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments whose containers read secrets. */
class DeploymentSecretsTest {
    private static final SecretRef PASSWORD = SecretRef.of("password");
    private static final SecretRef TOKEN = SecretRef.of("token");
    private static final ContainerName WEB = ContainerName.of("web");
    private static final Key SEALED = Key.of("a", "website", "password");

    interface Home extends ContainerRuntime, SecretStore {}

    @TempDir
    private Path folder;

    private AgeSecrets store;
    private Lab lab;

    @BeforeEach
    void open() throws IOException {
        store = AgeSecrets.open(
                folder.resolve("store"),
                EnvironmentName.of("test"),
                AgeIdentity.generate(),
                InstantSource.fixed(AgeSecrets.ORIGIN));
        lab = new Lab(folder.resolve("nodes"));
        lab.secrets = SecretSupply.of(store, new AgeSealing());
    }

    @AfterEach
    void close() {
        lab.close();
        store.close();
    }

    @Test
    void allThatIsMissingIsToldAtOnceWithTheCommands() throws IOException {
        lab.with("a");

        Planning.Impossible<FleetPlan> impossible = impossible(website(PASSWORD, TOKEN));

        assertTrue(impossible.cause().what().contains("password, token"), impossible::toString);
        assertEquals(
                "harmony secret set password; harmony secret set token",
                impossible.cause().next());
    }

    @Test
    void whoHasNoStoreIsToldSo() throws IOException {
        lab.with("a");
        lab.secrets = SecretSupply.none();

        assertTrue(impossible(website(PASSWORD)).cause().what().contains("there is no secret store here: password"));
    }

    @Test
    void aContainerReadsItsSecretAndTheMeshHasItSealedOnly() throws IOException {
        lab.with("a");
        set(PASSWORD, "correct horse");

        deploy(website(PASSWORD));

        assertEquals("correct horse", readBy("a"));
        assertFalse(sealed().value().text().contains("correct horse"));
        assertTrue(lab.plan(website(PASSWORD)).isEmpty());
    }

    @Test
    void aNewVersionIsPlannedAndReplacesTheContainer() throws IOException {
        lab.with("a");
        set(PASSWORD, "correct horse");
        deploy(website(PASSWORD));
        set(PASSWORD, "battery staple");

        ResourceChange.Update update = assertInstanceOf(
                ResourceChange.Update.class,
                lab.plan(website(PASSWORD)).changes().getFirst().details().getFirst());
        assertEquals(
                Set.of(new MountedSecret(PASSWORD, 1)), update.from().claim().secrets());
        assertEquals(Set.of(new MountedSecret(PASSWORD, 2)), update.to().claim().secrets());
        deploy(website(PASSWORD));

        assertEquals("battery staple", readBy("a"));
    }

    @Test
    void aStoreThatWasLostAndMadeAnewIsNoticed() throws IOException {
        lab.with("a");
        set(PASSWORD, "correct horse");
        deploy(website(PASSWORD));
        store.close();
        store = AgeSecrets.open(
                folder.resolve("another-store"),
                EnvironmentName.of("test"),
                AgeIdentity.generate(),
                InstantSource.fixed(AgeSecrets.ORIGIN.plusSeconds(1)));
        lab.secrets = SecretSupply.of(store, new AgeSealing());
        set(PASSWORD, "battery staple");

        assertFalse(lab.plan(website(PASSWORD)).isEmpty());
        deploy(website(PASSWORD));

        assertEquals("battery staple", readBy("a"));
    }

    @Test
    void whatIsSealedAlreadyIsNotSealedAgain() throws IOException {
        lab.with("a");
        set(PASSWORD, "correct horse");
        deploy(website(PASSWORD));
        long before = sealed().revision();

        deploy(website(PASSWORD));

        assertEquals(before, sealed().revision());
    }

    @Test
    void aNodeThatLostItsKeyGetsItsSecretsSealedAnewByTheNextDeploy() throws IOException {
        lab.with("a");
        set(PASSWORD, "correct horse");
        deploy(website(PASSWORD));
        long before = sealed().revision();
        lab.startWithAnotherKey("a");

        deploy(website(PASSWORD));

        assertNotEquals(before, sealed().revision());
        assertEquals("correct horse", readBy("a"));
    }

    @Test
    void aNodeWithoutAKeyIsNamed() throws IOException {
        lab.keyless.add("a");
        lab.with("a");
        set(PASSWORD, "correct horse");

        Cause cause = impossible(website(PASSWORD)).cause();

        assertTrue(cause.what().contains("node 'a' shall read secret 'password' and has no key"), cause::toString);
    }

    @Test
    void aValueThatMovedSinceThePlanIsNotSentUnderItsOldVersion() throws Exception {
        lab.with("a");
        set(PASSWORD, "correct horse");
        FleetInterpret interpret = lab.interpret(Duration.ofSeconds(10));
        if (!(interpret.plan(website(PASSWORD), lab.inventory()) instanceof Planning.Planned<FleetPlan>(var plan))) {
            throw new AssertionError("it can be planned");
        }
        set(PASSWORD, "battery staple");

        List<Cause> failures = interpret.apply(plan);

        assertTrue(
                failures.getFirst().what().contains("planned in version 1 and now has version 2"), failures::toString);
        assertTrue(lab.runtimes.get("a").done().isEmpty());
    }

    @Test
    void withdrawingDeletesWhatWasSealed() throws IOException {
        lab.with("a");
        set(PASSWORD, "correct horse");
        deploy(website(PASSWORD));

        assertInstanceOf(DeployResult.Deployed.class, lab.deployer().withdraw(Lab.WEBSITE));

        assertTrue(lab.bucket("sealed-secrets").get(SEALED).isEmpty());
    }

    private Entry sealed() {
        return lab.bucket("sealed-secrets").get(SEALED).orElseThrow();
    }

    private String readBy(String node) {
        return lab.runtimes.get(node).secret(Lab.WEBSITE, WEB, PASSWORD);
    }

    private void deploy(Deployment<?> deployment) {
        DeployResult result = lab.deployer().deploy(deployment);
        assertInstanceOf(DeployResult.Deployed.class, result, result::toString);
    }

    private Planning.Impossible<FleetPlan> impossible(Deployment<?> deployment) {
        return switch (lab.planning(deployment)) {
            case Planning.Impossible<FleetPlan> impossible -> impossible;
            case Planning.Planned<FleetPlan> planned -> throw new AssertionError(planned);
        };
    }

    private void set(SecretRef ref, String value) {
        try (Secret secret = Secret.takeFrom(value.toCharArray())) {
            store.set(ref, secret);
        }
    }

    private Deployment<Home> website(SecretRef first, SecretRef... others) {
        ContainerService web = Lab.service("web", 1, 1, lab.port);
        return Deployment.named(Lab.WEBSITE)
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(web.secrets(first, others))
                .provenBy(Lab.smoke(web, "Welcome to version 1"));
    }
}
