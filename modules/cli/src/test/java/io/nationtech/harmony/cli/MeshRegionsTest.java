package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.nats.identity.ShownLogin;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mesh of two regions of three servers each: what one does for the other, and what it does not. */
class MeshRegionsTest extends OwnMesh {
    private static final int SERVERS = 3;
    private static final List<String> REGIONS = List.of("east", "west");

    private final List<Integer> clients = ports();
    private final List<Integer> routes = ports();
    private final List<Integer> gateways = ports();

    /** Of both regions, one after the other. */
    private static List<Integer> ports() {
        return Stream.generate(() -> FreePort.at(InetAddress.getLoopbackAddress()))
                .limit((long) SERVERS * REGIONS.size())
                .toList();
    }

    @BeforeEach
    void makeMesh() {
        makeAuthority();
        done(let("operator", "ada"));
    }

    private static String places(List<Integer> ports, int region, int except) {
        return IntStream.range(region * SERVERS, (region + 1) * SERVERS)
                .filter(server -> server != except)
                .mapToObj(server -> "127.0.0.1:" + ports.get(server))
                .collect(Collectors.joining(","));
    }

    private ConfiguredNatsServer start(int server) {
        int region = server / SERVERS;
        int other = 1 - region;
        Path place = folder.resolve("server-" + server);
        done(mesh(
                "server",
                "--name",
                "%s-%d".formatted(REGIONS.get(region), server),
                "--cluster-name",
                REGIONS.get(region),
                "--address",
                "127.0.0.1",
                "--listen",
                "127.0.0.1:" + clients.get(server),
                "--cluster-listen",
                "127.0.0.1:" + routes.get(server),
                "--routes",
                places(routes, region, server),
                "--gateway-listen",
                "127.0.0.1:" + gateways.get(server),
                "--gateway",
                "%s=%s".formatted(REGIONS.get(other), places(gateways, other, -1)),
                place.toString()));
        return ConfiguredNatsServer.start(NatsServer.NEWEST, place, clients.get(server));
    }

    private NatsMesh connect(List<ConfiguredNatsServer> servers) {
        return NatsMesh.connect(NatsOptions.of(
                        servers.stream()
                                .map(ConfiguredNatsServer::url)
                                .map(NatsAddress::parse)
                                .toList(),
                        "test")
                .with(new NatsAccess(
                        new NatsAccess.Identity.OfLogin(() -> ShownLogin.read(login("ada"), InstantSource.system())),
                        new NatsAccess.Authority.OfFile(authority()))));
    }

    private static boolean isMade(NatsMesh mesh, BucketName name) {
        try {
            mesh.ensureBucket(name, 1, Durability.AT_ONCE);
            return true;
        } catch (MeshUnavailableException e) {
            return false;
        }
    }

    private static boolean has(Bucket bucket, Key key, String value) {
        try {
            return bucket.get(key).map(Entry::value).map(Payload::text).equals(Optional.of(value));
        } catch (MeshUnavailableException e) {
            return false;
        }
    }

    /** Buckets are in the region of whoever made them. */
    @Test
    void eachRegionReadsAndWritesWhatTheOtherKeepsAndGoesOnWithItsOwnAlone() {
        BucketName ofEast = new BucketName("leases");
        BucketName ofWest = new BucketName("journals");
        Key key = Key.of("web", "1");
        List<ConfiguredNatsServer> servers = new ArrayList<>();
        IntStream.range(0, SERVERS * REGIONS.size()).forEach(server -> servers.add(start(server)));
        List<ConfiguredNatsServer> east = servers.subList(0, SERVERS);
        try (NatsMesh atEast = connect(east);
                NatsMesh atWest = connect(servers.subList(SERVERS, servers.size()))) {
            Eventually.holds("the east makes a bucket", () -> isMade(atEast, ofEast));
            Eventually.holds("the west makes a bucket", () -> isMade(atWest, ofWest));
            Bucket seenFromWest = atWest.bucket(ofEast);
            Set<String> heard = new CopyOnWriteArraySet<>();
            try (Subscription _ = seenFromWest.watch(
                    KeyPattern.all(), change -> heard.add(change.key().toString()))) {
                long first = seenFromWest.put(key, Payload.of("from the west"));
                assertTrue(atEast.bucket(ofEast).update(key, Payload.of("from the east"), first) instanceof Written.At);
                assertTrue(seenFromWest.update(key, Payload.of("too late"), first) instanceof Written.Conflict);
                Eventually.holds("the west reads it", () -> has(seenFromWest, key, "from the east"));
                Eventually.holds("and hears it", () -> heard.contains("web.1"));
            }
            Eventually.holds(
                    "who is connected is known everywhere",
                    () -> atWest.connections().names().contains(atEast.ownName()));

            east.forEach(ConfiguredNatsServer::kill);
            assertThrows(MeshUnavailableException.class, () -> seenFromWest.put(key, Payload.of("nobody there")));
            Eventually.holds("the west's own goes on", () -> isPut(atWest.bucket(ofWest), key));
            assertFalse(isMade(atWest, new BucketName("rollouts")), "half of the servers make no bucket");

            east.forEach(ConfiguredNatsServer::restart);
            Eventually.holds("what the east had is there", () -> has(seenFromWest, key, "from the east"));
            Eventually.holds("and is written", () -> isPut(seenFromWest, key));
        } finally {
            servers.forEach(ConfiguredNatsServer::close);
        }
    }

    private static boolean isPut(Bucket bucket, Key key) {
        try {
            return bucket.put(key, Payload.of("again")) > 0;
        } catch (MeshUnavailableException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                --gateway west=h4                                             | regions are clusters
                --name a --routes h2,h3 --gateway hub=h4                      | this server's own region
                --name a --routes h2,h3 --gateway west=h4 --gateway west=h5   | names a region twice: west, west
                --name a --routes h2,h3 --gateway h4                          | 'h4' is no region
                --name a --routes h2,h3 --gateway west=                       | '' is no host
                --name a --routes h2,h3 --gateway w.est=h4                    | 'w.est' is no name
                """)
    void optionsThatDoNotFitAreRefusedByName(String options, String why) {
        Typed refused = mesh(Stream.concat(
                        Stream.of(
                                "server",
                                "--address",
                                "h1",
                                folder.resolve("none").toString()),
                        Stream.of(options.split(" +")))
                .toArray(String[]::new));

        assertTrue(refused.exitCode() != 0 && refused.err().contains(why), refused::err);
        assertFalse(Files.exists(folder.resolve("none").resolve("nats.conf")));
    }
}
