package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.cli.ChaosEvent.Word;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That what looks for violations finds them: in what was noted, of a lease whose holder has no clock, and of nodes without signatures. */
class ChaosOraclesTest {
    private static final Key LEASE = Key.of("chaos");
    private static final Word LAMP = new Word("lamp", "n1", 0);

    private static List<String> violations(String history) {
        return ChaosOracles.violations(history.lines()
                .map(line -> ChaosEvent.parse(line).orElseThrow(() -> new AssertionError(line)))
                .toList());
    }

    @Test
    void ofWhatIsAsItShouldBeThereIsNothingToSay() {
        assertEquals(List.of(), violations("""
                tried 1 lamp n1 1
                acknowledged 2 lamp n1 1
                ran 3 n1 lamp n1 1
                tried 4 lamp n1 2
                read 5 lamp n1 2
                ran 6 n1 lamp n1 2
                acknowledged 7 lamp n1 2
                ran 8 n1 lamp n1 2
                flipped 9 lamp n1 0
                read 10 lamp n1 0
                held 1 left-1 4
                held 9 left-1 4
                held 10 right-1 7
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lost       | acknowledged 2 lamp n1 5, read 3 lamp n1 4
            lost       | acknowledged 2 lamp n1 5, read 3 lamp n1 0
            lost       | flipped 1 lamp n2 0, acknowledged 2 lamp n1 5, read 3 lamp n1 0
            lost       | flipped 1 lamp n1 0, tried 2 lamp n1 5, acknowledged 3 lamp n1 5, read 4 lamp n1 0
            another's  | tried 1 lamp n2 1, ran 2 n1 lamp n2 1
            unsaid     | tried 1 lamp n1 1, ran 2 n1 lamp n1 2
            older      | tried 1 lamp n1 1, tried 2 lamp n1 2, ran 3 n1 lamp n1 2, ran 4 n1 lamp n1 1
            two holders| held 1 left-1 4, held 5 left-1 4, held 4 right-1 7
            two holders| held 1 left-1 4, held 9 left-1 4, held 4 right-1 7
            epoch      | held 1 left-1 4, held 5 left-1 4, held 6 right-1 3
            """)
    void whatIsNotIsFoundAndNamed(String name, String history) {
        List<String> found = violations(history.replace(", ", "\n"));

        assertEquals(1, found.size(), found::toString);
        assertTrue(found.getFirst().startsWith(name + ": "), found::toString);
    }

    @Test
    void whatWasCutOffIsNoEvent() {
        assertEquals(Optional.empty(), ChaosEvent.parse("held 12 left-1"));
        assertEquals(Optional.empty(), ChaosEvent.parse("ackn"));
    }

    private static NatsMesh connect(NatsServer server, String name) {
        return NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), name));
    }

    @Test
    void aHolderWhoseClockStandsStillIsFound() {
        ChaosHistory history = new ChaosHistory();
        try (NatsServer server = NatsServer.start();
                NatsMesh mesh = connect(server, "test")) {
            mesh.ensureBucket(new BucketName("leases"), 1);
            AtomicLong nanos = new AtomicLong();
            Contender broken = new Contender("left-1", mesh, () -> 0L, history);
            Contender other = new Contender("right-1", mesh, nanos::get, history);
            assertTrue(broken.tries() && broken.notes());
            assertFalse(other.tries());
            nanos.addAndGet(Leases.SHORTEST_TERM.multipliedBy(2).toNanos());
            assertTrue(other.tries() && other.notes());
            assertTrue(broken.notes());
        }
        List<String> found = ChaosOracles.violations(history.all());
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.getFirst().startsWith("two holders: "), found::toString);
    }

    private static final class Contender {
        private final Leases leases;
        private final ChaosContender noting;
        private Optional<Leases.Lease> lease = Optional.empty();

        Contender(String name, NatsMesh mesh, LongSupplier nanos, ChaosHistory history) {
            this.leases = new Fleet(mesh, new JsonFleetCodec()).leases(name, nanos);
            this.noting = new ChaosContender(name, leases, history::add);
        }

        boolean tries() {
            lease = leases.tryAcquire(LEASE);
            return lease.isPresent();
        }

        boolean notes() {
            return noting.note(lease.orElseThrow());
        }
    }

    /** Without logins nothing is signed, so a node cannot know that what is put back is older. */
    @Test
    void aNodeThatFollowsWhatWasPutBackIsFoundAndSoIsWhatIsGone(@TempDir Path folder) throws Exception {
        ChaosHistory history = new ChaosHistory();
        Images images = new Images();
        ChaosWords.serve(images);
        try (NatsServer server = NatsServer.start();
                NatsMesh mesh = connect(server, "test");
                NatsMesh own = connect(server, "n1");
                InProcessRuntime runtime = new InProcessRuntime(images, ChaosMember.address("n1"))) {
            Fleet fleet = new Fleet(mesh, new JsonFleetCodec());
            fleet.ensureBuckets();
            Node node = BenchNodes.node(
                    HomeLab.info(NodeId.of("n1"), ChaosMember.address("n1")),
                    runtime,
                    folder,
                    own,
                    new Fleet(own, new JsonFleetCodec()),
                    new NodeSettings(Duration.ofSeconds(1)));
            try (node) {
                node.start();
                for (int version : new int[] {1, 2, 1}) {
                    tell(fleet, new Word("lamp", "n1", version), history);
                    awaitRunning(runtime, version, history);
                }
            }
            history.add(new ChaosEvent.Read(System.nanoTime(), LAMP));
        }
        List<String> found = ChaosOracles.violations(history.all());
        assertEquals(2, found.size(), found::toString);
        assertTrue(found.getFirst().startsWith("lost: version 2 was acknowledged"), found::toString);
        assertTrue(found.getLast().startsWith("older: node n1 ran 'lamp n1 1'"), found::toString);
    }

    private static void tell(Fleet fleet, Word word, ChaosHistory history) {
        history.add(new ChaosEvent.Tried(System.nanoTime(), word));
        Optional<Long> now = fleet.desiredStates()
                .of(NodeId.of(word.node()), ChaosWords.LAMP)
                .map(DesiredStateUpdate::revision);
        fleet.desiredStates().tell(ChaosWords.lamp(word), now);
        history.add(new ChaosEvent.Acknowledged(System.nanoTime(), word));
    }

    private static void awaitRunning(InProcessRuntime runtime, int version, ChaosHistory history) {
        Word word = new Word("lamp", "n1", version);
        Eventually.holds(
                word + " runs",
                () -> !runtime.done().isEmpty()
                        && ChaosWords.started("n1", runtime.done().getLast()).equals(Optional.of(word)));
        history.add(new ChaosEvent.Ran(System.nanoTime(), "n1", word));
    }

    @Test
    void aFlippedBitOnTheDiskOfAServerIsFoundByIt() throws Exception {
        Word word = new Word("lamp", "n1", 1);
        try (NatsServer server = NatsServer.start();
                NatsMesh mesh = connect(server, "test")) {
            Fleet fleet = new Fleet(mesh, new JsonFleetCodec());
            fleet.ensureBuckets();
            tell(fleet, word, new ChaosHistory());
            server.kill();
            String subject = "$KV.desired-state.n1.lamp";
            assertEquals(Set.of(subject), ChaosStore.flip(server.folder(), "KV_desired-state", subject, new Random(1)));
            server.restart();
            Eventually.holds("the server says nothing of it", () -> read(fleet).equals(Optional.of(LAMP)));
        }
    }

    /** Empty while the server is away. */
    private static Optional<Word> read(Fleet fleet) {
        try {
            return Optional.of(
                    ChaosWords.read(LAMP, fleet.desiredStates().of(NodeId.of(LAMP.node()), ChaosWords.LAMP)));
        } catch (MeshUnavailableException e) {
            return Optional.empty();
        }
    }
}
