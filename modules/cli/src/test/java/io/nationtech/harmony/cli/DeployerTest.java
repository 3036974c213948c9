package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.fleet.Signatures;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.SignedForm;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import io.nationtech.harmony.secrets.SealedSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An operator who may deploy one deployment onto one node: that they can, and that nothing else of theirs counts, by whatever way it comes. */
class DeployerTest extends HostileMesh {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final Set<CapabilityName> OFFERS = Stream.of(
                    ContainerRuntime.class, VolumeStore.class, FolderShares.class)
            .map(CapabilityName::of)
            .collect(Collectors.toSet());
    private static final SecretRef SECRET = SecretRef.of("api-token");

    /** An agent's core, with containers that are web servers in this process. */
    private final class Agent implements AutoCloseable {
        private final InProcessRuntime runtime;
        private final NatsMesh mesh;
        private final Fleet fleet;
        private final Node node;

        Agent(int number) throws IOException {
            NodeId id = NodeId.of("n" + number);
            IpAddress address = IpAddress.of("127.78.0." + number);
            Images images = new Images();
            for (int version = 1; version <= 2; version++) {
                images.serve(ImageReference.of("registry.internal/web:" + version), "Welcome to version " + version);
            }
            runtime = new InProcessRuntime(images, address);
            mesh = connect(id.value());
            fleet = files().fleet(mesh, id.value(), InstantSource.system());
            node = BenchNodes.node(
                    HomeLab.info(id, address, OFFERS),
                    runtime,
                    folder.resolve("state-of-" + id),
                    mesh,
                    fleet,
                    new NodeSettings(Duration.ofMillis(200)));
            node.start();
        }

        @Override
        public void close() {
            node.close();
            mesh.close();
            runtime.close();
        }
    }

    private static void assertBeyond(String where, Typed typed) {
        assertTrue(typed.exitCode() != 0, typed::out);
        assertTrue(
                typed.err().contains("✗ your login may deploy shop on n1, and nothing else (%s)".formatted(where)),
                typed::err);
        assertTrue(typed.err().contains("nothing was changed"), typed::err);
    }

    @Test
    void theyDeployWhatTheirLoginNamesAndNothingElseCounts() throws Exception {
        makeAuthority();
        done(let("operator", "ada"));
        done(mesh(
                "login",
                "--operator",
                "eve",
                "--deployments",
                "shop",
                "--nodes",
                "n1",
                "--file",
                login("eve").toString()));
        done(let("node", "n1"));
        done(let("node", "n2"));
        Path server = server();
        try (MeshAuthority keys = keys();
                ConfiguredNatsServer _ = ConfiguredNatsServer.start(NatsServer.NEWEST, server, port)) {
            letOwnerOfServer(keys);
            done(as("ada", "node", "list"));
            int at = QuickLab.freePort();
            String shop = QuickLab.module(folder, "shop", 1, 1, at).toString();
            try (Agent n1 = new Agent(1)) {
                Eventually.holds(
                        "n1 is there", () -> as("ada", "node", "list").out().contains("n1 "));
                done(as("eve", "deploy", shop));
                assertTrue(n1.runtime.done().contains("started web of registry.internal/web:1"));
                done(as("eve", "logs", "shop"));

                String wiki = QuickLab.module(folder, "wiki", 1, 1, at + 1).toString();
                assertBeyond("deployment 'wiki'", as("eve", "deploy", wiki));
                assertBeyond("deployment 'wiki', node 'n1'", as("eve", "plan", wiki));
                assertBeyond("deployment 'wiki'", as("eve", "withdraw", "wiki"));
                try (Agent n2 = new Agent(2)) {
                    Eventually.holds(
                            "n2 is there", () -> as("ada", "node", "list").out().contains("n2 "));
                    String both = QuickLab.module(folder, "shop", 2, 2, at).toString();
                    assertBeyond("deployment 'shop', node 'n2'", as("eve", "plan", both));
                    assertBeyond("deployment 'shop', node 'n2'", as("eve", "deploy", both));
                    assertFalse(n1.runtime.done().contains("started web of registry.internal/web:2"));
                    nodesFollowNothingElse(keys, n1, n2);
                }
                done(as("eve", "withdraw", "shop"));
            }
        }
    }

    /** Their key signs anything; whoever holds the server puts it there. */
    private void nodesFollowNothingElse(MeshAuthority keys, Agent n1, Agent n2) throws Exception {
        try (Login eve = Login.readFile(login("eve"));
                NatsMesh owner = connect("owner")) {
            Instant now = Instant.now();
            // The same key with a token that allows more, which is taken from what is signed again.
            MeshLoginCommand.write(
                    new Login(
                            keys.login(
                                    MeshRoles.OPERATOR,
                                    ClientName.of("eve"),
                                    eve.key().publicKey(),
                                    now.plus(Duration.ofHours(1)),
                                    now),
                            eve.key()),
                    login("forger"));
            Signatures forger = new LoginSignatures(login("forger"), InstantSource.system());
            Fleet ada = files().fleet(owner, "ada", InstantSource.system());
            DesiredState shop = Optional.ofNullable(
                            ada.desiredStates().of(NodeId.of("n1")).get(SHOP))
                    .orElseThrow();
            for (Key where : List.of(Key.of("n2", "shop"), Key.of("n1", "wiki"))) {
                NodeId node = NodeId.of(where.parts().getFirst());
                DeploymentName deployment = DeploymentName.of(where.parts().getLast());
                Author author = new Author.Operator(node, deployment);
                putBySomebodyLimited(
                        owner,
                        forger,
                        new Place(new BucketName("desired-state"), where, author),
                        MeshFiles.CODEC.encode(new DesiredState(node, deployment, shop.resources())),
                        eve);
                Eventually.holds(
                        where + " is refused",
                        () -> ada.nodeReports()
                                .state(node, deployment)
                                .filter(
                                        state -> state.convergence() instanceof Convergence.Failed(var why)
                                                && why.what()
                                                        .equals(
                                                                "it is signed by 'eve', who may deploy shop on n1, and nothing else"))
                                .isPresent());

                SealedForNode sealed = new SealedForNode(
                        node,
                        deployment,
                        new MountedSecret(SECRET, 1),
                        NodeKey.of("age1node"),
                        SealedSecret.of(new byte[] {1, 2}));
                putBySomebodyLimited(
                        owner,
                        forger,
                        new Place(
                                new BucketName("sealed-secrets"),
                                Key.of(node.value(), deployment.value(), SECRET.name()),
                                author),
                        MeshFiles.CODEC.encode(sealed),
                        eve);
                Fleet reader = node.equals(NodeId.of("n1")) ? n1.fleet : n2.fleet;
                assertEquals(Optional.empty(), reader.sealedSecrets().get(node, deployment, SECRET));
                assertTrue(reader.sealedSecrets()
                        .doubt(node, deployment, SECRET)
                        .orElseThrow()
                        .what()
                        .contains("who may deploy shop on n1, and nothing else"));
            }
        }
        assertEquals(List.of(), n2.runtime.done());
        Typed words = done(as("eve", "mesh", "words"));
        assertTrue(words.out().contains("✗ n2.shop: it is signed by 'eve', who may deploy shop on n1"), words::out);
        assertBeyond("deployment 'shop', node 'n2'", as("eve", "mesh", "words", "--clear", "n2.shop"));
        done(as("ada", "mesh", "words", "--clear", "n2.shop", "--clear", "n1.wiki"));
    }

    private static void putBySomebodyLimited(
            NatsMesh owner, Signatures forger, Place place, Payload document, Login login) {
        if (SignedForm.find(forger.sign(place, document, Optional::empty))
                instanceof SignedForm.Found.Signed(SignedForm form)) {
            long _ = owner.bucket(place.bucket())
                    .put(
                            place.key(),
                            new SignedForm(login.token().text(), form.number(), form.signature(), form.document())
                                    .payload());
        }
    }
}
