package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.ShownLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A site whose own server is a leaf of a hub of three, and goes on by itself. */
class MeshSiteTest extends OwnMesh {
    private static final int SERVERS = 3;
    private static final NodeId NODE = NodeId.of("n1");
    private static final DeploymentName SHOP = FleetBench.desired(NODE, 1).deployment();
    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private final List<Integer> ports = ports();
    private final List<Integer> routes = ports();
    private final List<Integer> leaves = ports();
    private final int atSite = ports().getFirst();

    private static List<Integer> ports() {
        return Stream.generate(() -> FreePort.at(InetAddress.getLoopbackAddress()))
                .limit(SERVERS)
                .toList();
    }

    private void makeMesh() {
        makeAuthority();
        done(let("operator", "ada"));
        done(let("node", "n1"));
        done(let("node", "n2"));
    }

    private String others(List<Integer> of, int self) {
        return IntStream.range(0, SERVERS)
                .filter(other -> other != self)
                .mapToObj(other -> "127.0.0.1:" + of.get(other))
                .collect(Collectors.joining(","));
    }

    private ConfiguredNatsServer hub(int self) {
        Path place = folder.resolve("hub-" + self);
        done(mesh(
                "server",
                "--name",
                "hub-" + self,
                "--address",
                "127.0.0.1",
                "--listen",
                "127.0.0.1:" + ports.get(self),
                "--cluster-listen",
                "127.0.0.1:" + routes.get(self),
                "--routes",
                others(routes, self),
                "--leaf-listen",
                "127.0.0.1:" + leaves.get(self),
                place.toString()));
        return ConfiguredNatsServer.start(NatsServer.NEWEST, place, ports.get(self));
    }

    private ConfiguredNatsServer site() {
        Path place = folder.resolve("shop-7");
        done(mesh(
                "server",
                "--site",
                "shop-7",
                "--address",
                "127.0.0.1",
                "--listen",
                "127.0.0.1:" + atSite,
                "--hub",
                leaves.stream().map("127.0.0.1:%d"::formatted).collect(Collectors.joining(",")),
                "--nodes",
                "n1",
                place.toString()));
        return ConfiguredNatsServer.start(NatsServer.NEWEST, place, atSite);
    }

    private Typed joined(String servers) {
        return mesh(
                "site",
                "shop-7",
                "--nodes",
                "n1",
                "--mesh",
                servers,
                "--mesh-ca",
                authority().toString());
    }

    private NatsMesh connect(String name, String servers) {
        return NatsMesh.connect(NatsOptions.of(
                        Stream.of(servers.split(",")).map(NatsAddress::parse).toList(), "test")
                .with(new NatsAccess(
                        new NatsAccess.Identity.OfLogin(() -> ShownLogin.read(login(name), InstantSource.system())),
                        new NatsAccess.Authority.OfFile(authority()))));
    }

    /** @param state the folder in which it finds what it was told before, if anything */
    private NodeCore agent(ConfiguredNatsServer site, String state) throws IOException {
        NatsMesh mesh = connect("n1", site.url());
        return new NodeCore(NODE, mesh, fleet(mesh, "n1"), folder.resolve(state));
    }

    private Fleet fleet(NatsMesh mesh, String name) {
        return new Fleet(mesh, MeshFiles.CODEC, new LoginSignatures(login(name), InstantSource.system()));
    }

    private static Optional<String> text(NatsMesh mesh, String bucket, String... key) {
        return bucket(mesh, bucket).get(Key.of(key)).map(Entry::value).map(Payload::text);
    }

    private static Bucket bucket(NatsMesh mesh, String name) {
        return mesh.bucket(new BucketName(name));
    }

    private static boolean has(NatsMesh mesh, String bucket, String value, String... key) {
        try {
            return text(mesh, bucket, key).equals(Optional.of(value));
        } catch (MeshUnavailableException e) {
            return false;
        }
    }

    @Test
    void aSiteThatIsCutOffGoesOnAndTheHubHearsTheNewestWhenItIsBack() throws Exception {
        makeMesh();
        List<ConfiguredNatsServer> hub =
                IntStream.range(0, SERVERS).mapToObj(this::hub).toList();
        String servers = hub.stream().map(ConfiguredNatsServer::url).collect(Collectors.joining(","));
        try (ConfiguredNatsServer site = site()) {
            Eventually.holds(
                    "the hub is there",
                    () -> Typed.command(
                                            "node",
                                            "list",
                                            "--mesh",
                                            servers,
                                            "--mesh-ca",
                                            authority().toString(),
                                            "--mesh-login",
                                            login("ada").toString())
                                    .exitCode()
                            == 0);
            Eventually.holds("the site is joined", () -> joined(servers).exitCode() == 0);
            done(joined(servers));
            try (NatsMesh ada = connect("ada", servers)) {
                Fleet operator = fleet(ada, "ada");
                long first = tell(operator, 1);
                try (NodeCore n1 = agent(site, "state")) {
                    Eventually.holds("the node runs what it is told", () -> n1.runs(1));
                    Eventually.holds("and the hub hears it", () -> follows(operator, first));
                    Eventually.holds("it lives", () -> lives(operator));
                }
                eachDoesWhatItMayAndNoMore(site, hub.getFirst().url(), ada);
                whoIsRevokedIsKnownAtTheSite(site, servers);

                hub.forEach(ConfiguredNatsServer::kill);
                goesOnAlone(site);

                hub.forEach(ConfiguredNatsServer::restart);
                Eventually.holds(
                        "the hub has the newest", A_WHILE, () -> has(ada, "node-state", "away 2", "n1", "marker"));
                Eventually.holds("the hub takes writes", A_WHILE, () -> isTold(operator, 2));
                try (NodeCore n1 = agent(site, "state")) {
                    Eventually.holds("the node runs what was told since", A_WHILE, () -> n1.runs(2));
                    long second = operator.desiredStates()
                            .of(NODE, SHOP)
                            .orElseThrow()
                            .revision();
                    Eventually.holds("and the hub hears it", A_WHILE, () -> follows(operator, second));
                }
                assertTrue(has(ada, "node-state", "away 2", "n1", "marker"), "and nothing older came after it");
            }
        } finally {
            hub.forEach(ConfiguredNatsServer::close);
        }
    }

    private static long tell(Fleet operator, int version) {
        Optional<Long> before = operator.desiredStates().of(NODE, SHOP).map(DesiredStateUpdate::revision);
        return operator.desiredStates().tell(FleetBench.desired(NODE, version), before)
                        instanceof Written.At(long revision)
                ? revision
                : 0;
    }

    private static boolean isTold(Fleet operator, int version) {
        try {
            return tell(operator, version) > 0;
        } catch (MeshUnavailableException e) {
            return false;
        }
    }

    private static boolean lives(Fleet operator) {
        return operator.liveness(List.of(NODE)).get(NODE) instanceof Liveness.Alive;
    }

    private static boolean follows(Fleet operator, long revision) {
        try {
            return operator.nodeReports()
                    .state(NODE, SHOP)
                    .filter(state -> state.revision() == revision)
                    .isPresent();
        } catch (MeshUnavailableException e) {
            return false;
        }
    }

    private void eachDoesWhatItMayAndNoMore(ConfiguredNatsServer site, String hubUrl, NatsMesh ada) throws Exception {
        bucket(ada, "desired-state").put(Key.of("n2", "web"), Payload.of("for another"));
        bucket(ada, "desired-state").put(Key.of("n1", "other"), Payload.of("for n1"));
        try (RawNats n1 = RawNats.connect(site.url(), authority(), login("n1"))) {
            assertEquals(
                    List.of(
                            "$JS.API.DIRECT.GET.KV_desired-state.$KV.desired-state.n2.web",
                            "$JS.API.DIRECT.GET.KV_desired-state",
                            "$JS.API.CONSUMER.CREATE.KV_desired-state",
                            "$JS.hub.API.DIRECT.GET.KV_desired-state",
                            "$KV.node-state.n2.web",
                            "$KV.desired-state.n1.web"),
                    n1.refusedToPublish(Stream.of(
                            "$JS.API.DIRECT.GET.KV_desired-state.$KV.desired-state.n1.web",
                            "$JS.API.DIRECT.GET.KV_desired-state.$KV.desired-state.n2.web",
                            "$JS.API.DIRECT.GET.KV_desired-state",
                            "$JS.API.CONSUMER.CREATE.KV_desired-state",
                            "$JS.hub.API.DIRECT.GET.KV_desired-state",
                            "$KV.node-state.n1.web",
                            "$KV.node-state.n2.web",
                            "$KV.desired-state.n1.web")));
        }
        try (RawNats shop =
                RawNats.connect(hubUrl, authority(), folder.resolve("shop-7").resolve(SiteOptions.LOGIN))) {
            List<String> never = List.of(
                    "$KV.node-state.n1.web",
                    "$KV.desired-state.n1.web",
                    "$JS.API.STREAM.INFO.KV_desired-state",
                    "$JS.API.CONSUMER.CREATE.KV_journals",
                    "harmony.site.shop-8.up.1",
                    "harmony.watch.desired-state.n1.web",
                    "node-commands.n1.logs",
                    "$SYS.REQ.CLAIMS.UPDATE");
            assertEquals(
                    never, shop.refusedToPublish(Stream.concat(Stream.of("harmony.site.shop-7.up.1"), never.stream())));
            assertEquals(
                    List.of("node-commands.n2.>", "$KV.>", "$JS.shop-8.API.>", "harmony.watch.>", "_INBOX.>"),
                    shop.refusedToSubscribe(Stream.of(
                            "node-commands.n1.>",
                            "node-commands.n2.>",
                            "$KV.>",
                            "$JS.shop-8.API.>",
                            "harmony.watch.>",
                            "_INBOX.>")));
        }
        // An operator at the site may write there of another site's node; it stays there.
        try (NatsMesh atSite = connect("ada", site.url())) {
            bucket(atSite, "node-state").put(Key.of("n2", "web"), Payload.of("a lie"));
            bucket(atSite, "node-state").put(Key.of("n1", "marker"), Payload.of("later"));
            Eventually.holds("the hub has the later", () -> has(ada, "node-state", "later", "n1", "marker"));
            assertEquals(Optional.empty(), text(ada, "node-state", "n2", "web"));
            Eventually.holds(
                    "what is told to n1 is at the site", () -> has(atSite, "desired-state", "for n1", "n1", "other"));
            assertEquals(Optional.empty(), text(atSite, "desired-state", "n2", "web"));
        }
    }

    /** The copy comes down, and the site's own server is told by the same command. */
    private void whoIsRevokedIsKnownAtTheSite(ConfiguredNatsServer site, String hub) {
        for (String servers : List.of(hub, site.url())) {
            done(mesh(
                    "revoke", "n2", "--mesh", servers, "--mesh-ca", authority().toString()));
            try (NatsMesh n1 = connect("n1", site.url())) {
                Eventually.holds(
                        "n1 reads who was revoked",
                        () -> fleet(n1, "n1").revocations().get().isPresent());
            }
        }
    }

    /** With no hub: an agent on a disk that was lost runs what it is told, and says so. */
    private void goesOnAlone(ConfiguredNatsServer site) throws IOException {
        try (NatsMesh ada = connect("ada", site.url())) {
            try (NodeCore n1 = agent(site, "fresh")) {
                Eventually.holds("the node runs what it was told", () -> n1.runs(1));
            }
            bucket(ada, "node-state").put(Key.of("n1", "marker"), Payload.of("away 1"));
            bucket(ada, "node-state").put(Key.of("n1", "marker"), Payload.of("away 2"));
            assertTrue(new Leases(bucket(ada, "leases"), "somebody", Leases.SHORTEST_TERM, System::nanoTime)
                    .tryAcquire(Key.of("own"))
                    .isPresent());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                --site shop-7                                            | knows its hub and its nodes
                --site shop-7 --hub h1                                   | knows its hub and its nodes
                --hub h1 --nodes n1                                      | are of a site's server: add --site
                --site shop-7 --hub tls://h1 --nodes n1                  | 'tls://h1' is no server
                --site shop-7 --hub h1 --nodes n.1                       | 'n.1'
                --site shop-7 --hub h1 --nodes n1 --name a --routes b,c  | a site has one server
                --leaf-listen 0.0.0.0:7422                               | sites are leaves of a hub of three servers
                """)
    void optionsThatDoNotFitAreRefusedByName(String options, String why) {
        makeMesh();
        Typed refused = mesh(Stream.concat(
                        Stream.of(
                                "server",
                                "--address",
                                "h0",
                                folder.resolve("none").toString()),
                        Stream.of(options.split(" +")))
                .toArray(String[]::new));

        assertTrue(refused.exitCode() != 0 && refused.err().contains(why), refused::err);
        assertFalse(Files.exists(folder.resolve("none").resolve("nats.conf")));
    }
}
