package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DeviceKind;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.age.AgeSealing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told what never comes to be: it goes back to what it had, by itself. */
class NodeRollbackTest {
    private static final ContainerName WEB = ContainerName.of("web");
    private static final SecretRef TOKEN = SecretRef.of("token");
    private static final DeviceGrant LINE =
            new DeviceGrant(DevicePath.of("gpiochip0/17"), DeviceKind.GPIO_LINE, Sharing.EXCLUSIVE, 0);
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String FIRST = "started web of registry.internal/site:1";
    private static final String SICK = "started web of registry.internal/site:3";

    @TempDir
    private Path folder;

    private Lab lab;
    private long first;

    @BeforeEach
    void begin() throws IOException {
        lab = new Lab(folder);
        lab.images.serveSick(Fixtures.image("site:3"));
        lab.start();
        lab.awaitRegistered();
        seal(1, "correct horse");
        first = lab.tell(Lab.WEBSITE, web("site:1", 1));
        lab.awaitConverged(Lab.WEBSITE, first);
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void itGoesBackWithoutTheMeshAndDoesNotTryThatAgainAfterARestart() throws IOException {
        seal(2, "battery staple");
        long sick = tell(web("site:3", 2));
        awaitDone(SICK, 1);
        lab.mesh.cut();
        lab.stop();

        lab.start();
        awaitDone(SICK, 1);
        lab.pass(DEADLINE);
        awaitDone(FIRST, 2);
        assertEquals("correct horse", lab.runtime.secret(Lab.WEBSITE, WEB, TOKEN), "its own secret is still there");
        lab.stop();
        lab.runtime.remove(Lab.WEBSITE, WEB);
        lab.start();
        awaitDone(FIRST, 3);
        lab.mesh.restore();

        NodeState state = lab.awaitFailed(Lab.WEBSITE);
        assertEquals(sick, state.revision());
        assertTrue(
                cause(state)
                        .startsWith(
                                "returned to revision %d, because revision %d was not as declared within 300 s: container web is "
                                        .formatted(first, sick)),
                () -> cause(state));
        assertEquals(1, times(SICK), () -> lab.runtime.done().toString());
    }

    @Test
    void toldTheSameOnceMoreItTriesThatAgain() {
        goBackFrom("site:3");
        lab.images.serve(Fixtures.image("site:3"), "mended");

        long again = tell(web("site:3", 1));

        lab.awaitConverged(Lab.WEBSITE, again);
        Eventually.holds("nothing is left of the way back", () -> files().equals(Set.of("website.state")));
        lab.pass(DEADLINE);
        lab.runtime.crash(Lab.WEBSITE, WEB);
        awaitDone(SICK, 3);
        assertEquals(2, times(FIRST), () -> lab.runtime.done().toString());
    }

    @Test
    void toldToHaveWhatItWentBackToItIsWellAtOnce() {
        goBackFrom("site:3");

        long back = lab.tell(Lab.WEBSITE, web("site:1", 1));

        lab.awaitConverged(Lab.WEBSITE, back);
        assertEquals(2, times(FIRST), () -> lab.runtime.done().toString());
    }

    @Test
    void whatItGoesBackToMayFailTooAndThatIsSaid() {
        tell(web("site:3", 1));
        awaitDone(SICK, 1);
        lab.runtime.breakDown(new IllegalStateException("a defect"));
        lab.pass(DEADLINE);

        Eventually.holds(
                "both are told",
                () -> lab.state(Lab.WEBSITE)
                        .map(NodeRollbackTest::cause)
                        .filter(what -> what.startsWith("returned to revision " + first)
                                && what.contains("that fails now, too: unexpected failure: ")
                                && what.contains("a defect"))
                        .isPresent());
        lab.runtime.repair();
        awaitDone(FIRST, 2);
    }

    @Test
    void aDeviceOfWhatWasBeforeGoesToNobodyElseBeforeTheNewHasHeld() {
        DeploymentName lamp = DeploymentName.of("lamp");
        lab.awaitConverged(Lab.WEBSITE, lab.tell(Lab.WEBSITE, web("site:1", 1).placed(List.of(LINE), Mobility.MOVES)));
        tell(web("site:3", 1));
        awaitDone(SICK, 1);
        lab.tell(
                lamp,
                Fixtures.container("lamp", Fixtures.freePort(Lab.ADDRESS), "site:2")
                        .placed(List.of(LINE), Mobility.MOVES));
        Eventually.holds(
                "it waits for the device",
                () -> lab.state(lamp)
                        .filter(state -> state.convergence() instanceof Convergence.Converging)
                        .isPresent());

        lab.pass(DEADLINE);

        awaitDone(FIRST, 3);
        assertEquals(
                "gpio line gpiochip0/17 of node 'n1' is taken by deployment 'website'", cause(lab.awaitFailed(lamp)));
        assertEquals(List.of(), lab.runtime.observe(lamp));
    }

    @Test
    void onlyWhatHeldEndsWhatIsKeptToGoBackTo() {
        goBackFrom("site:3");

        lab.awaitConverged(Lab.WEBSITE, tell(web("site:2", 1)));

        List<Map<ContainerName, ImageReference>> held = Stream.of("site:1", "site:2")
                .map(image -> Map.of(WEB, Fixtures.image(image)))
                .toList();
        Eventually.holds("those that held are told", () -> lab.runtime.tidied().equals(held));
    }

    @Test
    void aWithdrawalAfterItLeavesNothingBehind() {
        goBackFrom("site:3");

        lab.awaitConverged(Lab.WEBSITE, lab.tell(Lab.WEBSITE));

        Eventually.holds("nothing is kept", () -> files().isEmpty());
        assertEquals(List.of(), lab.runtime.deployments());
    }

    private void goBackFrom(String image) {
        tell(web(image, 1));
        awaitDone(SICK, 1);
        lab.pass(DEADLINE);
        awaitDone(FIRST, 2);
    }

    private long tell(NodeResource resource) {
        return lab.tell(new DesiredState(
                Lab.ID, Lab.WEBSITE, List.of(resource), Optional.of(new Pace(Duration.ZERO, DEADLINE))));
    }

    private Container web(String image, long secret) {
        return lab.web(image).with(Container.Security.reading(List.of(new MountedSecret(TOKEN, secret))));
    }

    private void awaitDone(String what, int times) {
        Eventually.holds("%s, %d times".formatted(what, times), () -> times(what) == times);
    }

    private int times(String what) {
        return (int) lab.runtime.done().stream().filter(what::equals).count();
    }

    private static String cause(NodeState state) {
        return state.convergence() instanceof Convergence.Failed(var cause) ? cause.what() : "";
    }

    private Set<String> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void seal(long version, String value) {
        try (Secret secret = Secret.takeFrom(value.toCharArray())) {
            lab.deployer
                    .sealedSecrets()
                    .put(new SealedForNode(
                            Lab.ID,
                            Lab.WEBSITE,
                            new MountedSecret(TOKEN, version),
                            NodeKey.of(lab.key.recipient().value()),
                            new AgeSealing()
                                    .seal(
                                            TOKEN,
                                            new SecretLookup.Held(secret, version),
                                            RecipientKey.of(lab.key.recipient().value()))));
        }
    }
}
