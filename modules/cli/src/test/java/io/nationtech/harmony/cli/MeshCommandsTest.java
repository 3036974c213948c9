package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NodeLogins;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FolderTree;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.ShownLogin;
import io.nationtech.harmony.nats.identity.Token;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mesh of one's own by a few commands, and who may do what in it, with real servers. */
class MeshCommandsTest extends OwnMesh {
    private final int port = FreePort.at(InetAddress.getLoopbackAddress());

    private static void assertFailed(int code, String what, Typed typed) {
        assertEquals(code, typed.exitCode(), typed::err);
        assertTrue(typed.err().contains(what), typed::err);
    }

    private Path create() {
        makeAuthority();
        return server();
    }

    private Path server() {
        Path written = folder.resolve("server");
        done(mesh("server", "--address", "127.0.0.1", "--listen", "127.0.0.1:" + port, written.toString()));
        return written;
    }

    /** A command of somebody. */
    private Typed as(String name, ConfiguredNatsServer server, String... words) {
        return Typed.command(words(name, server, words));
    }

    private String[] words(String name, ConfiguredNatsServer server, String... words) {
        return Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--mesh",
                                server.url(),
                                "--mesh-ca",
                                authority().toString(),
                                "--mesh-login",
                                login(name).toString()))
                .toArray(String[]::new);
    }

    /** Of whoever runs the mesh. */
    private String[] doctor(String name, ConfiguredNatsServer server, String... words) {
        return Stream.of(Stream.of(words(name, server, "doctor")), Stream.of(words), store())
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    private static void assertSaid(Typed typed, String... lines) {
        for (String line : lines) {
            assertTrue(typed.out().matches("(?s)(.*\n)?%s.*".formatted(line)), () -> line + " in " + typed.out());
        }
    }

    @Test
    void theDoctorSaysWhatEndsAndWhatIsAmiss() throws Exception {
        Path folderOfServer = create();
        done(let("operator", "ada"));
        done(let("onlooker", "ben"));
        done(mesh("login", "--node", "n1", "--days", "20", "--file", login("n1").toString()));
        try (ConfiguredNatsServer server = ConfiguredNatsServer.start(NatsServer.NEWEST, folderOfServer, port)) {
            Typed fresh = done(Typed.command(doctor("ada", server)));
            assertSaid(
                    fresh,
                    "✓ your login, 'ada': until 20",
                    "✓ the authority of the mesh's servers, .*mesh-ca.crt: until 20",
                    "✓ the certificate of tls://127.0.0.1:[0-9]+: until 20",
                    "! no node has registered yet",
                    "✓ nothing is deployed",
                    "✓ 2 of 3 logins of the mesh last for 30 days and more",
                    "! the login of node 'n1': until 20.*, in (19|20) d\n  → the node asks for another");
            assertFalse(fresh.out().contains("✗"), fresh::out);

            Instant inTenMonths = Instant.now().plus(Duration.ofDays(340));
            assertSaid(
                    Typed.at(inTenMonths, doctor("ada", server)),
                    "! your login, 'ada': until 20.*, in 2[45] d",
                    "! the certificate of tls://127.0.0.1:[0-9]+: until 20.*\n  → `harmony mesh server`",
                    "✗ the login of node 'n1': over since 20");

            try (NatsMesh n1 = anybodyAs("n1", server);
                    NatsMesh raw = anybodyAs("ada", server)) {
                new Fleet(n1, new JsonFleetCodec())
                        .nodeReports()
                        .register(HomeLab.info(NodeId.of("n1"), IpAddress.of("192.0.2.1")));
                tellUnsigned(raw);
                Typed amiss = Typed.command(doctor("ben", server));
                assertEquals(1, amiss.exitCode(), amiss::out);
                assertSaid(
                        amiss,
                        "✗ node 'n1': registered, and never heard of since",
                        "✗ node 'n1' does not follow what it is told of deployment 'web': it is not signed");
                Typed json = Typed.command(doctor("ben", server, "--output", "json"));
                assertEquals(1, json.exitCode(), json::out);
                assertSaid(json, ".*\"grade\" : \"bad\"");
            }

            server.kill();
            Typed gone = Typed.command(doctor("ada", server));
            assertEquals(3, gone.exitCode(), gone::out);
            assertSaid(gone, "✗ the server's certificate cannot be seen", "! the login of node 'n1'");
        }
    }

    @Test
    void aNodeThatAsksGetsALoginAndWhatItHadIsRevoked() throws Exception {
        Path folderOfServer = create();
        done(let("operator", "ada"));
        done(mesh("login", "--node", "n1", "--days", "1", "--file", login("n1").toString()));
        NodeId node = NodeId.of("n1");
        try (ConfiguredNatsServer server = ConfiguredNatsServer.start(NatsServer.NEWEST, folderOfServer, port);
                KeyPair key = KeyPair.generate(KeyKind.USER)) {
            String[] renew = words("ada", server, "renew");
            assertTrue(done(mesh(renew)).err().contains("No node asks for a login"));
            assertFailed(1, "30 days before", mesh(words("ada", server, "renew", "--days", "30")));

            try (NatsMesh n1 = anybodyAs("n1", server)) {
                NodeLogins logins = new Fleet(
                                n1, new JsonFleetCodec(), new LoginSignatures(login("n1"), InstantSource.system()))
                        .nodeLogins();
                logins.ask(node, key.publicKey().text());
                assertSaid(Typed.command(doctor("ada", server)), "! node 'n1' asks for another login");

                CompletableFuture<Typed> renewing = CompletableFuture.supplyAsync(() -> mesh(renew));
                Eventually.holds("an answer", () -> logins.issued(node).isPresent());
                assertEquals(
                        key.publicKey(),
                        Token.parse(logins.issued(node).orElseThrow()).about());
                logins.taken(node);

                Typed renewed = done(renewing.get(1, TimeUnit.MINUTES));
                assertTrue(renewed.err().contains("n1: a login until 20"), renewed::err);
                assertTrue(renewed.err().contains("n1: has its own; what it had before is revoked"), renewed::err);
            }
            assertFailed(3, "does not take the login: it was revoked", as("n1", server, "node", "list"));
            assertSaid(done(mesh("list")), "n1 +node .*revoked .*\nn1 +node .*valid +- +%s".formatted(key.publicKey()));
        }
    }

    private static void tellUnsigned(NatsMesh raw) {
        Written _ = new Fleet(raw, new JsonFleetCodec())
                .desiredStates()
                .tell(
                        new DesiredState(
                                NodeId.of("n1"),
                                DeploymentName.of("web"),
                                List.of(Container.of(
                                        ContainerName.of("site"),
                                        ImageReference.of("registry.example/site:1"),
                                        Memory.mebibytes(64)))),
                        Optional.empty());
    }

    @Test
    void aMeshIsMadeOnceAndItsKeysLeaveTheStoreInNoFile() throws Exception {
        assertFailed(1, "harmony mesh create", mesh("show"));
        assertFailed(1, "harmony mesh create", let("node", "n1"));
        Path server = create();
        assertEquals(Files.readString(authority()), done(mesh("show")).out());
        assertFailed(1, "there is a mesh already", mesh("create"));

        Typed made = done(let("node", "n1"));
        assertFalse(made.out().contains("SU"), made::out);
        for (Path secret : List.of(login("n1"), server.resolve("server.pem"))) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
        }
        assertFalse(Files.readString(server.resolve("nats.conf")).matches("(?s).*\\bS[OAU][A-Z2-7]{50}.*"));
        assertEquals(
                "",
                said(
                        "systemd-analyze",
                        "verify",
                        server.resolve("harmony-mesh.service").toString()));
        String certificate = Files.readString(server.resolve("server.pem"));
        server();
        assertEquals(certificate, Files.readString(server.resolve("server.pem")), "it is fresh");
        done(mesh("server", "--address", "localhost", "--address", "::1", server.toString()));
        assertNotEquals(certificate, Files.readString(server.resolve("server.pem")), "it is for other hosts");

        assertFailed(2, "is no host", mesh("server", "--address", "tls://host:4222", server.toString()));
        assertFailed(2, "--node", mesh("login", "--node", "n1", "--operator", "ada"));
        assertFailed(2, "1 to 63", mesh("login", "--node", "n1.>"));
        Files.writeString(login("other"), "somebody's diary");
        assertFailed(1, "there is something else already", let("node", "other"));
        assertEquals("somebody's diary", Files.readString(login("other")));
        assertFailed(1, "those who have one: n1", mesh("revoke", "n2"));
    }

    private static String said(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @Test
    void whoIsLetInIsListedAndWhoIsRevokedIsOutForGood() throws Exception {
        Path folderOfServer = create();
        done(let("operator", "ada"));
        done(let("node", "n1"));
        try (ConfiguredNatsServer server = ConfiguredNatsServer.start(NatsServer.NEWEST, folderOfServer, port)) {
            done(as("ada", server, "node", "list"));
            Typed listed = done(mesh("list"));
            assertTrue(listed.out().matches("(?s).*ada +operator .*valid.*n1 +node .*valid.*"), listed::out);

            try (RawNats n1 = RawNats.connect(server.url(), authority(), login("n1"))) {
                assertEquals(List.of(), n1.refusedToPublish(Stream.of("$KV.node-info.n1")));
                done(mesh(
                        "revoke",
                        "n1",
                        "--mesh",
                        server.url(),
                        "--mesh-ca",
                        authority().toString()));
                n1.awaitEnd();
            }
            Typed after = done(mesh("list"));
            assertTrue(after.out().matches("(?s).*n1 +node .*revoked.*"), after::out);
            assertFailed(3, "does not take the login: it was revoked", as("n1", server, "node", "list"));

            server.kill();
            server.restart();
            assertFailed(3, "does not take the login", as("n1", server, "node", "list"));
            done(let("node", "n1"));
            RawNats.connect(server.url(), authority(), login("n1")).close();

            Path old = Files.copy(login("n1"), login("old"));
            server.kill();
            assertFailed(
                    3,
                    "kept, but no server was told",
                    mesh(
                            "revoke",
                            "n1",
                            "--mesh",
                            server.url(),
                            "--mesh-ca",
                            authority().toString()));
            server();
            FolderTree.delete(folderOfServer.resolve("accounts"));
            server.restart();
            assertTrue(Files.exists(old));
            assertFailed(3, "does not take the login", as("old", server, "node", "list"));
            done(as("ada", server, "node", "list"));
        }
    }

    @Test
    void whoIsRevokedWithinTheSecondOfTheConfigurationStaysOutWhenTheServerStartsAnew() throws Exception {
        makeAuthority();
        Instant now = Instant.now();
        done(meshAt(now, "login", "--node", "n1", "--file", login("n1").toString()));
        Path folderOfServer = folder.resolve("server");
        done(meshAt(
                now, "server", "--address", "127.0.0.1", "--listen", "127.0.0.1:" + port, folderOfServer.toString()));
        try (ConfiguredNatsServer server = ConfiguredNatsServer.start(NatsServer.NEWEST, folderOfServer, port)) {
            RawNats.connect(server.url(), authority(), login("n1")).close();
            done(meshAt(
                    now,
                    "revoke",
                    "n1",
                    "--mesh",
                    server.url(),
                    "--mesh-ca",
                    authority().toString()));
            server.kill();
            server.restart();
            assertFailed(3, "does not take the login: it was revoked", as("n1", server, "node", "list"));
        }
    }

    private NatsMesh anybodyAs(String name, ConfiguredNatsServer server) {
        return NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), "test")
                .with(new NatsAccess(
                        new NatsAccess.Identity.OfLogin(() -> ShownLogin.read(login(name), InstantSource.system())),
                        new NatsAccess.Authority.OfFile(authority()))));
    }

    @Test
    void whatNodesAreToldAndNobodySignedIsShownAndSignedOrTakenAway() throws Exception {
        Path folderOfServer = create();
        done(let("operator", "ada"));
        try (ConfiguredNatsServer server = ConfiguredNatsServer.start(NatsServer.NEWEST, folderOfServer, port)) {
            done(as("ada", server, "status"));
            try (NatsMesh raw = anybodyAs("ada", server)) {
                tellUnsigned(raw);

                Typed shown = done(as("ada", server, "mesh", "words"));
                assertTrue(shown.out().contains("✗ n1.web: it is not signed"), shown::out);
                assertTrue(shown.out().contains("container site from registry.example/site:1"), shown::out);
                assertFailed(1, "'n2.web' is none", as("ada", server, "mesh", "words", "--sign", "n2.web"));
                Typed signed = done(as("ada", server, "mesh", "words", "--sign", "n1.web"));
                assertTrue(signed.err().contains("n1.web: signed"), signed::err);
                assertEquals(
                        "Nodes are told nothing that is not followed.\n",
                        done(as("ada", server, "mesh", "words")).out());

                Bucket told = raw.bucket(new BucketName("desired-state"));
                told.put(
                        Key.of("n2", "web"),
                        told.get(Key.of("n1", "web")).orElseThrow().value());
                Typed copied = done(as("ada", server, "mesh", "words"));
                assertTrue(copied.out().contains("✗ n2.web: the signature is not that of 'ada'"), copied::out);
                assertFailed(1, "the signature is not", as("ada", server, "mesh", "words", "--sign", "n2.web"));
                done(as("ada", server, "mesh", "words", "--clear", "n2.web"));
                assertEquals(Optional.empty(), told.get(Key.of("n2", "web")));
            }
        }
    }

    /** One row of the matrix: who, and what each may not and may do. */
    private void assertMay(
            String url, String name, List<String> writes, List<String> never, List<String> hears, List<String> deaf)
            throws Exception {
        try (RawNats raw = RawNats.connect(url, authority(), login(name))) {
            assertEquals(never, raw.refusedToPublish(Stream.of(writes, never).flatMap(List::stream)), name + " writes");
            assertEquals(deaf, raw.refusedToSubscribe(Stream.of(hears, deaf).flatMap(List::stream)), name + " hears");
        }
    }

    private void letDeployer(String name, String... grant) {
        done(mesh(Stream.concat(
                        Stream.of(
                                "login",
                                "--operator",
                                name,
                                "--file",
                                login(name).toString()),
                        Stream.of(grant))
                .toArray(String[]::new)));
    }

    @Test
    void whoIsLimitedIsListedWithWhatTheyMayDeploy() throws Exception {
        makeAuthority();
        done(let("operator", "ada"));
        Typed made = done(mesh(
                "login",
                "--operator",
                "eve",
                "--deployments",
                "shop,photos",
                "--file",
                login("eve").toString()));
        assertTrue(made.err().contains("The login of deployer 'eve', until"), made::err);
        assertTrue(made.err().contains("It may deploy photos, shop on all nodes"), made::err);

        assertSaid(
                done(mesh("list")),
                "ada +operator .*valid +everything on all nodes +U.*",
                "eve +deployer .*valid +photos, shop on all nodes +U.*");
        assertFailed(1, "--deployments and --nodes are of an operator", mesh("login", "--node", "n1", "--nodes", "n2"));
        assertFailed(2, "'a.b'", mesh("login", "--operator", "eve", "--deployments", "a.b"));
        assertFailed(2, "'*'", mesh("login", "--operator", "eve", "--nodes", "*"));
        assertFailed(
                1,
                "31 names",
                mesh(
                        "login",
                        "--operator",
                        "eve",
                        "--nodes",
                        IntStream.rangeClosed(1, 31).mapToObj("n%d"::formatted).collect(Collectors.joining(","))));
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void eachMayDoWhatItsRoleSaysAndNoMore(String program) throws Exception {
        Path folderOfServer = create();
        done(let("operator", "ada"));
        done(let("node", "n1"));
        done(let("onlooker", "eve"));
        letDeployer("pat", "--deployments", "web,shop", "--nodes", "n1,n2");
        letDeployer("sam", "--deployments", "web");
        letDeployer("kim", "--nodes", "n1");
        try (ConfiguredNatsServer server = ConfiguredNatsServer.start(program, folderOfServer, port)) {
            done(as("ada", server, "status"));
            done(as("eve", server, "status"));
            done(as("pat", server, "status"));
            List<String> nobody = List.of(
                    "$JS.API.STREAM.DELETE.KV_desired-state",
                    "$JS.API.STREAM.PURGE.KV_desired-state",
                    "$JS.API.STREAM.MSG.GET.KV_desired-state",
                    "$JS.API.STREAM.DELETE.KV_audit",
                    "$JS.API.STREAM.PURGE.KV_audit",
                    "$JS.API.STREAM.MSG.DELETE.KV_audit",
                    "$JS.API.STREAM.UPDATE.KV_audit",
                    "$KV.audit.n2",
                    "$JS.API.CONSUMER.CREATE.KV_desired-state",
                    "$JS.API.CONSUMER.CREATE.KV_desired-state.own.$KV.desired-state.n1.>",
                    "$JS.API.CONSUMER.DURABLE.CREATE.KV_desired-state.own",
                    "$SYS.REQ.CLAIMS.UPDATE",
                    "$SYS.REQ.SERVER.PING.SUBSZ",
                    "$SYS.REQ.ACCOUNT.PING.CONNZ",
                    "harmony.watch.desired-state.n1.web",
                    "$KV.revocations.account",
                    "harmony.watch.revocations.account",
                    "_INBOX.another.1");
            assertMay(
                    server.url(),
                    "n1",
                    List.of(
                            "$KV.node-info.n1",
                            "$KV.node-hardware.n1",
                            "$KV.node-heartbeat.n1",
                            "$KV.node-state.n1.web",
                            "$KV.endpoints.web.n1",
                            "$KV.node-logins.n1.asked",
                            "$KV.audit.n1",
                            "$JS.API.DIRECT.GET.KV_node-logins.$KV.node-logins.n1.issued",
                            "$JS.API.DIRECT.GET.KV_revocations.$KV.revocations.account",
                            "$JS.API.DIRECT.GET.KV_desired-state.$KV.desired-state.n1.web",
                            "$JS.API.DIRECT.GET.KV_node-deployments.$KV.node-deployments.n1",
                            "$JS.API.DIRECT.GET.KV_sealed-secrets.$KV.sealed-secrets.n1.web.password",
                            "$JS.API.DIRECT.GET.KV_endpoints",
                            "node-commands.n1.run.0123456789abcdef"),
                    Stream.concat(
                                    Stream.of(
                                            "$KV.node-info.n2",
                                            "$KV.node-heartbeat.n2",
                                            "$KV.node-state.n2.web",
                                            "$KV.endpoints.web.n2",
                                            "$KV.node-logins.n1.issued",
                                            "$KV.node-logins.n2.asked",
                                            "$JS.API.DIRECT.GET.KV_node-logins.$KV.node-logins.n2.issued",
                                            "$JS.API.DIRECT.GET.KV_node-logins",
                                            "$KV.node-deployments.n1",
                                            "$KV.desired-state.n1.web",
                                            "$KV.sealed-secrets.n1.web.password",
                                            "$KV.leases.web",
                                            "$KV.rollouts.web",
                                            "$KV.journals.web.1",
                                            "$JS.API.DIRECT.GET.KV_journals",
                                            "$JS.API.DIRECT.GET.KV_audit",
                                            "$JS.API.DIRECT.GET.KV_audit.$KV.audit.n1",
                                            "$JS.API.DIRECT.GET.KV_desired-state",
                                            "$JS.API.DIRECT.GET.KV_desired-state.$KV.desired-state.n2.web",
                                            "$JS.API.DIRECT.GET.KV_desired-state.$KV.desired-state.>",
                                            "$JS.API.DIRECT.GET.KV_desired-state.$KV.desired-state.*.web",
                                            "$JS.API.DIRECT.GET.KV_node-deployments.$KV.node-deployments.n2",
                                            "$JS.API.DIRECT.GET.KV_sealed-secrets",
                                            "$JS.API.DIRECT.GET.KV_sealed-secrets.$KV.sealed-secrets.n2.web.password",
                                            "$JS.API.DIRECT.GET.KV_node-state",
                                            "$JS.API.DIRECT.GET.KV_node-info.$KV.node-info.n2",
                                            "$JS.API.STREAM.INFO.KV_desired-state",
                                            "$JS.API.STREAM.LIST",
                                            "$JS.API.STREAM.NAMES",
                                            "$JS.API.INFO",
                                            "$JS.API.STREAM.CREATE.KV_own",
                                            "$JS.API.STREAM.UPDATE.KV_desired-state",
                                            "$JS.API.DIRECT.GET.KV_node-heartbeat.$KV.node-heartbeat.n1",
                                            "$SYS.REQ.SERVER.PING.CONNZ",
                                            "node-commands.n1.ping",
                                            "node-commands.n2.run.0123456789abcdef",
                                            "node-commands.n2.logs"),
                                    nobody.stream())
                            .toList(),
                    List.of(
                            "_INBOX.n1.1.*",
                            "harmony.watch.desired-state.n1.*",
                            "harmony.watch.sealed-secrets.n1.web.password",
                            "harmony.watch.endpoints.web.>",
                            "harmony.watch.revocations.account",
                            "node-commands.n1.logs"),
                    List.of(
                            "harmony.watch.desired-state.n2.*",
                            "harmony.watch.desired-state.>",
                            "harmony.watch.node-state.*.web",
                            "harmony.watch.sealed-secrets.n2.web.password",
                            "node-commands.n2.logs",
                            "node-commands.>",
                            "_INBOX.>",
                            "_INBOX.ada.>",
                            "$KV.>",
                            ">"));
            assertMay(
                    server.url(),
                    "ada",
                    List.of(
                            "$KV.desired-state.n1.web",
                            "$KV.node-deployments.n1",
                            "$KV.sealed-secrets.n1.web.password",
                            "$KV.leases.web",
                            "$KV.rollouts.web",
                            "$KV.journals.web.1",
                            "$KV.node-info.n1",
                            "$KV.node-state.n1.web",
                            "$JS.API.STREAM.CREATE.KV_leases",
                            "$JS.API.STREAM.UPDATE.KV_leases",
                            "$JS.API.DIRECT.GET.KV_audit",
                            "$KV.audit.ada",
                            "$JS.API.DIRECT.GET.KV_sealed-secrets",
                            "$SYS.REQ.SERVER.PING.CONNZ",
                            "node-commands.n1.logs"),
                    Stream.concat(Stream.of("$KV.another.key", "$KV.audit.n1"), nobody.stream())
                            .toList(),
                    List.of("_INBOX.ada.1.*", "harmony.watch.node-state.>"),
                    List.of("_INBOX.>", "_INBOX.n1.>", "node-commands.n1.logs", ">"));
            assertMay(
                    server.url(),
                    "pat",
                    List.of(
                            "$KV.desired-state.n1.web",
                            "$KV.desired-state.n2.shop",
                            "$KV.node-deployments.n2",
                            "$KV.sealed-secrets.n2.web.password",
                            "$KV.node-state.n1.shop",
                            "$KV.endpoints.shop.n1",
                            "$KV.rollouts.web",
                            "$KV.rollout-changes.web.1",
                            "$KV.journals.shop.node-spec.n1",
                            "$KV.leases.placement",
                            "$KV.leases.deployment.web",
                            "$JS.API.STREAM.INFO.KV_desired-state",
                            "$JS.API.DIRECT.GET.KV_desired-state",
                            "$SYS.REQ.SERVER.PING.CONNZ",
                            "node-commands.n1.challenge",
                            "node-commands.n2.logs",
                            "node-commands.n2.exec",
                            "node-commands.n2.restart",
                            "node-commands.n2.upgrade",
                            "node-commands.n2.reset",
                            "node-commands.n3.ping"),
                    Stream.concat(
                                    Stream.of(
                                            "$KV.desired-state.n3.web",
                                            "$KV.desired-state.n1.db",
                                            "$KV.desired-state.n1.node.maintenance",
                                            "$KV.node-deployments.n3",
                                            "$KV.sealed-secrets.n3.web.password",
                                            "$KV.sealed-secrets.n1.db.password",
                                            "$KV.node-state.n1.db",
                                            "$KV.rollouts.db",
                                            "$KV.journals.db.node-spec.n1",
                                            "$KV.leases.deployment.db",
                                            "$KV.node-info.n1",
                                            "$KV.node-heartbeat.n1",
                                            "$KV.node-logins.n1.issued",
                                            "$JS.API.STREAM.CREATE.KV_leases",
                                            "$JS.API.STREAM.UPDATE.KV_leases",
                                            "$KV.audit.pat",
                                            "node-commands.n3.logs",
                                            "node-commands.n3.exec",
                                            "node-commands.n3.upgrade",
                                            "node-commands.n3.reset",
                                            "node-commands.n1.backup"),
                                    nobody.stream())
                            .toList(),
                    List.of("_INBOX.pat.1.*", "harmony.watch.node-state.>"),
                    List.of("_INBOX.>", "_INBOX.n1.>", "node-commands.n1.logs", ">"));
            assertMay(
                    server.url(),
                    "sam",
                    List.of("$KV.desired-state.n9.web", "$KV.node-deployments.n9"),
                    List.of("$KV.desired-state.n9.db", "$KV.rollouts.db", "$KV.desired-state.n9.node.maintenance"),
                    List.of(),
                    List.of());
            assertMay(
                    server.url(),
                    "kim",
                    List.of("$KV.desired-state.n1.db", "$KV.rollouts.db"),
                    List.of(
                            "$KV.desired-state.n2.db",
                            "$KV.node-deployments.n2",
                            "$KV.desired-state.n1.node.maintenance"),
                    List.of(),
                    List.of());
            assertMay(
                    server.url(),
                    "eve",
                    List.of(
                            "$JS.API.STREAM.INFO.KV_desired-state",
                            "$JS.API.DIRECT.GET.KV_desired-state",
                            "$JS.API.DIRECT.GET.KV_journals",
                            "$JS.API.DIRECT.GET.KV_revocations.$KV.revocations.account",
                            "$JS.API.DIRECT.GET.KV_audit",
                            "$SYS.REQ.SERVER.PING.CONNZ",
                            "node-commands.n1.ping"),
                    Stream.concat(
                                    Stream.of(
                                            "$KV.desired-state.n1.web",
                                            "$KV.node-info.eve",
                                            "$KV.leases.web",
                                            "$JS.API.STREAM.CREATE.KV_own",
                                            "$JS.API.DIRECT.GET.KV_sealed-secrets",
                                            "$JS.API.DIRECT.GET.KV_sealed-secrets.$KV.sealed-secrets.n1.web.password",
                                            "$KV.audit.eve",
                                            "node-commands.n1.challenge",
                                            "node-commands.n1.exec",
                                            "node-commands.n1.restart",
                                            "node-commands.n1.upgrade",
                                            "node-commands.n1.reset",
                                            "node-commands.n1.logs"),
                                    nobody.stream())
                            .toList(),
                    List.of("_INBOX.eve.1.*", "harmony.watch.node-state.>"),
                    List.of("harmony.watch.sealed-secrets.>", "harmony.watch.>", "_INBOX.>", "node-commands.>"));
        }
    }
}
