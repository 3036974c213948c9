package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSealing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told of secrets: what it can open it hands to the container, and what ran before goes on when it cannot. */
class NodeSecretsTest {
    private static final SecretRef TOKEN = SecretRef.of("token");
    private static final ContainerName WEB = ContainerName.of("web");

    @TempDir
    private Path folder;

    private Lab lab;

    @BeforeEach
    void begin() throws IOException {
        lab = new Lab(folder);
        lab.start();
        lab.awaitRegistered();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void aContainerGetsWhatWasSealedForTheNode() {
        seal(1, "correct horse");

        lab.awaitConverged(Lab.WEBSITE, lab.tell(Lab.WEBSITE, reading(1)));

        assertEquals("correct horse", lab.runtime.secret(Lab.WEBSITE, WEB, TOKEN));
    }

    @Test
    void aNodeThatRestartsWithoutMeshStillHasItsSecrets() throws IOException {
        seal(1, "correct horse");
        lab.awaitConverged(Lab.WEBSITE, lab.tell(Lab.WEBSITE, reading(1)));
        lab.stop();
        lab.mesh.cut();
        lab.runtime.remove(Lab.WEBSITE, WEB);

        lab.start();

        Eventually.holds(
                "the container runs again",
                () -> lab.runtime.observe(Lab.WEBSITE).size() == 1);
        assertEquals("correct horse", lab.runtime.secret(Lab.WEBSITE, WEB, TOKEN));
    }

    @Test
    void withoutItsSecretNothingChangesAndThePreviousContainerGoesOn() {
        seal(1, "correct horse");
        lab.awaitConverged(Lab.WEBSITE, lab.tell(Lab.WEBSITE, reading(1)));

        lab.tell(Lab.WEBSITE, reading(2));

        assertFailed("has not got version 2 of secret 'token': it is not in the mesh");
        assertEquals(1, lab.runtime.observe(Lab.WEBSITE).size());
        assertEquals("correct horse", lab.runtime.secret(Lab.WEBSITE, WEB, TOKEN));
        seal(2, "battery staple");
        Eventually.holds(
                "what came late is taken up",
                () -> lab.runtime.secret(Lab.WEBSITE, WEB, TOKEN).equals("battery staple"));
    }

    @Test
    void whatIsSealedForAnotherNodeIsNotOpened() {
        try (AgeIdentity other = AgeIdentity.generate()) {
            seal(1, "correct horse", 1, other, other);
        }
        lab.tell(Lab.WEBSITE, reading(1));

        assertFailed("not in the mesh, sealed for this node's key");
    }

    @Test
    void whatOnlySaysThatItIsForThisNodeIsRefused() {
        try (AgeIdentity other = AgeIdentity.generate()) {
            seal(1, "correct horse", 1, other, lab.key);
        }
        lab.tell(Lab.WEBSITE, reading(1));

        assertFailed("it is sealed for another key than this node's");
    }

    @Test
    void anOldValueUnderANewVersionIsRefused() {
        seal(1, "correct horse", 2, lab.key, lab.key);
        lab.tell(Lab.WEBSITE, reading(2));

        assertFailed("what is sealed is version 1");
    }

    @Test
    void onlyWhatIsReadIsKeptOnTheDisk() {
        seal(1, "correct horse");
        lab.awaitConverged(Lab.WEBSITE, lab.tell(Lab.WEBSITE, reading(1)));
        seal(2, "battery staple");
        lab.awaitConverged(Lab.WEBSITE, lab.tell(Lab.WEBSITE, reading(2)));
        Eventually.holds("the new version alone is kept", () -> kept().equals(List.of("website.token.v2.sealed")));

        lab.tell(Lab.WEBSITE);

        Eventually.holds("nothing is kept", () -> kept().isEmpty());
    }

    private List<String> kept() {
        try (Stream<Path> files = Files.list(lab.sealed())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertFailed(String why) {
        NodeState state = lab.awaitFailed(Lab.WEBSITE);
        Convergence.Failed failed = assertInstanceOf(Convergence.Failed.class, state.convergence());
        assertTrue(failed.cause().what().contains(why), failed.cause()::toString);
    }

    private Container reading(long version) {
        return lab.web("site:1").with(Container.Security.reading(List.of(new MountedSecret(TOKEN, version))));
    }

    private void seal(long version, String value) {
        seal(version, value, version, lab.key, lab.key);
    }

    /** What is sealed, and what is said of it. */
    private void seal(long version, String value, long saidVersion, AgeIdentity key, AgeIdentity saidKey) {
        try (Secret secret = Secret.takeFrom(value.toCharArray())) {
            lab.deployer
                    .sealedSecrets()
                    .put(new SealedForNode(
                            Lab.ID,
                            Lab.WEBSITE,
                            new MountedSecret(TOKEN, saidVersion),
                            NodeKey.of(saidKey.recipient().value()),
                            new AgeSealing()
                                    .seal(
                                            TOKEN,
                                            new SecretLookup.Held(secret, version),
                                            RecipientKey.of(key.recipient().value()))));
        }
    }
}
