package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mesh of three servers by the commands that make it, with TLS and logins. */
class MeshClusterTest extends OwnMesh {
    private static final int SERVERS = 3;

    private final List<Integer> ports = ports();
    private final List<Integer> routes = ports();

    private static List<Integer> ports() {
        return Stream.generate(() -> FreePort.at(InetAddress.getLoopbackAddress()))
                .limit(SERVERS)
                .toList();
    }

    @BeforeEach
    void makeMesh() {
        makeAuthority();
        done(let("operator", "ada"));
        done(let("node", "n1"));
    }

    private Typed as(String name, String servers, String... words) {
        return Typed.command(Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--mesh",
                                servers,
                                "--mesh-ca",
                                authority().toString(),
                                "--mesh-login",
                                login(name).toString()))
                .toArray(String[]::new));
    }

    private Typed member(int self, String... more) {
        return mesh(Stream.concat(
                        Stream.of(
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
                                IntStream.range(0, SERVERS)
                                        .filter(other -> other != self)
                                        .mapToObj(other -> "127.0.0.1:" + routes.get(other))
                                        .collect(Collectors.joining(",")),
                                place(self).toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Path place(int self) {
        return folder.resolve("hub-" + self);
    }

    private List<ConfiguredNatsServer> start() {
        return IntStream.range(0, SERVERS)
                .peek(self -> done(member(self)))
                .mapToObj(self -> ConfiguredNatsServer.start(NatsServer.NEWEST, place(self), ports.get(self)))
                .toList();
    }

    private static String all(List<ConfiguredNatsServer> servers) {
        return servers.stream().map(ConfiguredNatsServer::url).collect(Collectors.joining(","));
    }

    @Test
    void threeServersGoOnWithoutOneAndAllHearWhoIsRevoked() throws Exception {
        List<ConfiguredNatsServer> servers = start();
        try {
            Eventually.holds(
                    "the buckets are made",
                    () -> as("ada", all(servers), "node", "list").exitCode() == 0);
            for (ConfiguredNatsServer server : servers) {
                RawNats.connect(server.url(), authority(), login("n1")).close();
                done(as("ada", server.url(), "status"));
            }

            ConfiguredNatsServer away = servers.getFirst();
            away.kill();
            Eventually.holds(
                    "the others go on",
                    () -> as("ada", all(servers), "node", "list").exitCode() == 0);
            done(mesh(
                    "revoke",
                    "n1",
                    "--mesh",
                    all(servers),
                    "--mesh-ca",
                    authority().toString()));
            for (ConfiguredNatsServer there : servers.subList(1, SERVERS)) {
                Eventually.holds(there.url() + " has heard it", () -> isOut(there));
            }

            away.restart();
            Eventually.holds("who was away hears it too", () -> isOut(away));
            done(as("ada", away.url(), "node", "list"));
        } finally {
            servers.forEach(ConfiguredNatsServer::close);
        }
    }

    private boolean isOut(ConfiguredNatsServer server) {
        try (RawNats n1 = RawNats.connect(server.url(), authority(), login("n1"))) {
            n1.awaitEnd();
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One with a certificate of the mesh that is not for a peer, as a single server has it. */
    @Test
    void aServerThatIsNoneOfThemDoesNotJoin() throws IOException {
        IntStream.range(0, SERVERS).forEach(self -> done(member(self)));
        done(mesh("server", "--address", "127.0.0.1", folder.resolve("alone").toString()));
        Files.copy(
                folder.resolve("alone").resolve("server.pem"),
                place(2).resolve("server.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        try (ConfiguredNatsServer first = ConfiguredNatsServer.start(NatsServer.NEWEST, place(0), ports.get(0));
                ConfiguredNatsServer _ = ConfiguredNatsServer.start(NatsServer.NEWEST, place(2), ports.get(2))) {
            Eventually.holds(
                    "it is refused",
                    () -> said("hub-0.log").contains("certificate specifies an incompatible key usage"));
            assertFalse(said("hub-0.log").contains("New leader"), () -> said("hub-0.log"));
            assertTrue(first.pid() > 0);
        }
    }

    private String said(String log) {
        try {
            return Files.readString(folder.resolve(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                --routes h2,h3                           | a server of a cluster has a name
                --name a --routes h2                     | a cluster of 2 servers is none that Harmony makes
                --name a --routes h2,h3,h4               | a cluster of 4 servers is none that Harmony makes
                --name a --routes h2,h2                  | names a server twice: h2:6222, h2:6222
                --name a --routes h1,h2                  | h1:6222 is this server itself
                --name a --routes tls://h2,h3            | 'tls://h2' is no server; write host or host:port
                --name a --routes h2:0,h3                | 'h2:0': a port is 1 to 65535
                --name a --routes h2,-h3                 | '-h3' is no host
                --name a.b --routes h2,h3                | 'a.b' is no name of a server
                """)
    void optionsThatDoNotFitAreRefusedByName(String options, String why) {
        Typed refused = mesh(Stream.concat(
                        Stream.of("server", "--address", "h1", place(0).toString()), Stream.of(options.split(" ")))
                .toArray(String[]::new));

        assertTrue(refused.exitCode() != 0 && refused.err().contains(why), refused::err);
        assertFalse(Files.exists(place(0).resolve("nats.conf")));
    }

    @Test
    void aServerThatKeptDataAloneIsNotMadeOneOfAClusterNorTheOtherWayRound() throws IOException {
        String[] alone = {"server", "--address", "127.0.0.1", place(0).toString()};
        done(mesh(alone));
        String before = Files.readString(place(0).resolve("nats.conf"));
        Files.createDirectory(place(0).resolve("data"));

        Typed joining = member(0);
        assertEquals(1, joining.exitCode());
        assertTrue(joining.err().contains("which nats-server deletes when it becomes one of a cluster"), joining::err);
        assertEquals(before, Files.readString(place(0).resolve("nats.conf")));

        done(member(1));
        Files.createDirectory(place(1).resolve("data"));
        done(member(1));
        Typed leaving = mesh("server", "--address", "127.0.0.1", place(1).toString());
        assertEquals(1, leaving.exitCode());
        assertTrue(leaving.err().contains("this is a server of a cluster"), leaving::err);
    }
}
