package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.RestartReply;
import io.nationtech.harmony.fleet.RestartRequest;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.secrets.SealedSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an operator can still do who was revoked, where whoever holds a server helps them: over a real server, with a node at work. */
class RevokedOperatorTest extends HostileMesh {
    private static final NodeId NODE = NodeId.of("n1");
    private static final DeploymentName SHOP = FleetBench.desired(NODE, 1).deployment();
    private static final DeploymentName WIKI = DeploymentName.of("wiki");
    private static final SecretRef SECRET = SecretRef.of("api-token");

    /** @param state the folder of what the node keeps */
    private NodeCore agent(String state) throws IOException {
        Path kept = folder.resolve(state);
        NatsMesh mesh = connect("n1");
        Fleet fleet = new Fleet(
                mesh,
                MeshFiles.CODEC,
                new LoginSignatures(() -> login("n1"), kept.resolve("revocations"), InstantSource.system()));
        return new NodeCore(NODE, mesh, fleet, kept.resolve("desired-state"));
    }

    private static DesiredState wiki() {
        return new DesiredState(
                NODE, WIKI, List.of(Container.of(ContainerName.of("web"), FleetBench.image(3), Memory.mebibytes(64))));
    }

    private static SealedForNode sealed() {
        return new SealedForNode(
                NODE, SHOP, new MountedSecret(SECRET, 1), NodeKey.of("age1node"), SealedSecret.of(new byte[] {1, 2}));
    }

    private static long tell(Fleet operator, DesiredState desired) {
        Optional<Long> before =
                operator.desiredStates().of(NODE, desired.deployment()).map(DesiredStateUpdate::revision);
        return ((Written.At) operator.desiredStates().tell(desired, before)).revision();
    }

    private static boolean isConverged(Fleet fleet, long revision) {
        return fleet.nodeReports()
                .state(NODE, SHOP)
                .filter(state -> state.revision() == revision)
                .map(NodeState::convergence)
                .filter(Convergence.Converged.class::isInstance)
                .isPresent();
    }

    private static void awaitRefused(Fleet fleet, DeploymentName deployment, long revision) {
        Eventually.holds(
                "revision %d of %s is refused".formatted(revision, deployment),
                () -> fleet.nodeReports()
                        .state(NODE, deployment)
                        .filter(state -> state.revision() == revision)
                        .filter(state -> state.convergence() instanceof Convergence.Failed(var why)
                                && why.what().startsWith("it is signed by 'ada', whose login was revoked at 20"))
                        .isPresent());
    }

    @Test
    void whatTheyDeployedGoesOnAndNothingElseOfTheirsCountsWhateverAServerHolds() throws Exception {
        makeAuthority();
        for (String operator : List.of("ada", "bob")) {
            done(let("operator", operator));
        }
        done(let("node", "n1"));
        Path folderOfServer = server();
        try (MeshAuthority keys = keys();
                ConfiguredNatsServer _ = ConfiguredNatsServer.start(NatsServer.NEWEST, folderOfServer, port)) {
            letOwnerOfServer(keys);
            done(as("ada", "node", "list"));
            Instant before = Instant.now().minusSeconds(60);
            String early = keys.accountToken(Map.of(), before).text();
            long first;
            try (NodeCore n1 = agent("state");
                    NatsMesh mesh = connect("ada")) {
                Fleet ada = files().fleet(mesh, "ada", InstantSource.system());
                first = tell(ada, FleetBench.desired(NODE, 1));
                Eventually.holds("the node runs what ada deployed", () -> n1.runs(1) && isConverged(ada, first));
                ada.sealedSecrets().put(sealed());

                assertTrue(done(revoke("ada")).err().contains("'ada' is let in no more"));
                Eventually.holds("the node hears it", () -> Files.exists(folder.resolve("state/revocations")));
            }
            assertEquals(3, as("ada", "node", "list").exitCode());
            try (NatsMesh owner = connect("owner")) {
                whatTheySignNowIsRefused(owner, first);
                whatAServerShowsInItsPlaceChangesNothing(owner, early, keys);
                whoDeploysIsToldAndSignsAnew(owner);
            }
        }
    }

    /** Signed today, dated back, and put there by whoever holds the server: also a node with a new disk heard first who was revoked. */
    private void whatTheySignNowIsRefused(NatsMesh owner, long first) throws IOException {
        Instant before = Instant.now().minusSeconds(30);
        Fleet ada = files().fleet(owner, "ada", () -> before);
        Bucket told = owner.bucket(new BucketName("desired-state"));
        Entry good = told.get(Key.of("n1", "shop")).orElseThrow();
        try (NodeCore fresh = agent("fresh")) {
            awaitRefused(ada, SHOP, first);
            assertTrue(fresh.isIdle());
            assertEquals(Optional.empty(), fresh.fleet().sealedSecrets().get(NODE, SHOP, SECRET));
            assertTrue(fresh.fleet()
                    .sealedSecrets()
                    .doubt(NODE, SHOP, SECRET)
                    .orElseThrow()
                    .what()
                    .contains("whose login was revoked"));
        }
        try (NodeCore n1 = agent("state")) {
            Eventually.holds("what it follows goes on", () -> isConverged(ada, first));
            RestartReply.Refused restart = assertInstanceOf(
                    RestartReply.Refused.class,
                    ada.commands().restart(NODE, new RestartRequest(SHOP, List.of(), Duration.ofSeconds(9))));
            assertTrue(restart.cause().what().contains("'ada', whose login was revoked at 20"), restart::toString);
            awaitRefused(ada, WIKI, tell(ada, wiki()));
            awaitRefused(ada, SHOP, tell(ada, FleetBench.desired(NODE, 2)));
            long again = told.put(good.key(), good.value());
            Eventually.holds("what it follows counts", () -> isConverged(ada, again));
            assertFalse(n1.runs(2) || n1.runs(3));
        }
    }

    private void whatAServerShowsInItsPlaceChangesNothing(NatsMesh owner, String early, MeshAuthority keys)
            throws IOException {
        Bucket shown = owner.bucket(new BucketName("revocations"));
        Key account = Key.of("account");
        Entry good = shown.get(account).orElseThrow();
        try (MeshAuthority another = MeshAuthority.create(MeshRoles.ALL)) {
            Instant later = Instant.now().plusSeconds(60);
            List<String> lies = List.of(
                    early,
                    another.accountToken(Map.of(), later).text(),
                    new MeshAuthority(another.operator(), keys.account(), keys.system(), keys.roles())
                            .accountToken(Map.of(), later)
                            .text(),
                    keys.systemToken(later).text(),
                    "somebody's diary",
                    "x".repeat(900_000));
            Fleet ada = files().fleet(owner, "ada", InstantSource.system());
            try (NodeCore n1 = agent("state")) {
                for (String lie : lies) {
                    shown.put(account, Payload.of(lie));
                    awaitRefused(ada, WIKI, tell(ada, wiki()));
                }
                assertFalse(n1.runs(3));
                Typed doctor = as("bob", "doctor");
                assertTrue(doctor.out().contains("✗ what stands there does not say who was revoked"), doctor::out);
            }
            shown.put(account, Payload.of(early));
            try (NodeCore n1 = agent("state")) {
                awaitRefused(ada, WIKI, tell(ada, wiki()));
                shown.delete(account);
                awaitRefused(ada, WIKI, tell(ada, wiki()));
                assertFalse(n1.runs(3));
            }
        }
        shown.put(account, good.value());
    }

    private void whoDeploysIsToldAndSignsAnew(NatsMesh owner) throws IOException {
        Typed doctor = as("bob", "doctor");
        assertTrue(
                doctor.out()
                        .matches(
                                "(?s).*! deployment 'shop': it is signed by 'ada', whose login was revoked at 20\\S+ \\(1 of its nodes\\)\n.*"),
                doctor::out);
        assertTrue(
                doctor.out()
                        .contains(
                                "✗ node 'n1' does not follow what it is told of deployment 'wiki': it is signed by 'ada'"),
                doctor::out);
        Typed words = done(as("bob", "mesh", "words"));
        assertTrue(words.out().contains("! n1.shop: it is signed by 'ada'"), words::out);
        assertTrue(words.out().contains("if that is right, --sign n1.shop"), words::out);
        Fleet bob = files().fleet(owner, "bob", InstantSource.system());
        assertTrue(words.out().contains("✗ n1.wiki: it is signed by 'ada'"), words::out);
        assertEquals(
                "n1.shop: signed\n",
                done(as("bob", "mesh", "words", "--sign-all")).err());
        done(as("bob", "mesh", "words", "--clear", "n1.wiki"));
        assertEquals(
                "Nodes are told nothing that is not followed.\n",
                done(as("bob", "mesh", "words")).out());
        long signed = bob.desiredStates().of(NODE, SHOP).orElseThrow().revision();
        try (NodeCore fresh = agent("another")) {
            Eventually.holds("it is followed", () -> fresh.runs(1) && isConverged(bob, signed));
        }

        assertEquals(Optional.empty(), bob.nodeReports().doubt(NODE));
        done(revoke("n1"));
        try (MeshSession session = MeshSession.open(
                files().options("bob", InstantSource.system()),
                new LoginSignatures(login("bob"), InstantSource.system()),
                ResourceKinds.installed())) {
            assertTrue(session.fleet()
                    .nodeReports()
                    .doubt(NODE)
                    .orElseThrow()
                    .what()
                    .startsWith("it is signed by 'n1', whose login was revoked"));
        }
    }
}
