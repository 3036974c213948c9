package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsCluster;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mesh of three servers of which one at a time is killed. */
class ClusterFailureTest {
    private static final Key SHARED = Key.of("shared");
    private static final int WRITERS = 4;
    /** Each may be answered by another replica. */
    private static final int READINGS = 50;

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static NatsCluster cluster;

    private final BucketName name = new BucketName("failure-" + NAMES.incrementAndGet());

    @BeforeAll
    static void start() {
        cluster = NatsCluster.start(NatsServer.NEWEST);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void isWhole() {
        cluster.awaitWhole();
    }

    private static NatsMesh connect(String client, List<NatsServer> servers) {
        // A full read each hour: what watches tell comes from messages, reconnects and elections.
        return NatsMesh.connect(NatsOptions.of(
                        servers.stream()
                                .map(NatsServer::url)
                                .map(NatsAddress::parse)
                                .toList(),
                        client)
                .resyncingEvery(Duration.ofHours(1)));
    }

    /** The server that leads a bucket. */
    private static NatsServer leader(NatsMesh mesh, BucketName name) {
        String leader = ((NatsBucket) mesh.bucket(name)).info().getClusterInfo().getLeader();
        return cluster.servers().get(Integer.parseInt(leader.substring(leader.indexOf('-') + 1)));
    }

    /** Writes its own key and, in turn with the others, the shared one, whose value says how often it was written. */
    private static final class Writer implements Runnable {
        private final Bucket bucket;
        private final Key own;
        private final AtomicBoolean goesOn;
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final AtomicInteger shared = new AtomicInteger();
        private final AtomicInteger unknown = new AtomicInteger();

        Writer(Bucket bucket, String own, AtomicBoolean goesOn) {
            this.bucket = bucket;
            this.own = Key.of(own);
            this.goesOn = goesOn;
        }

        @Override
        public void run() {
            while (goesOn.get()) {
                int next = acknowledged.get() + 1;
                try {
                    bucket.put(own, Payload.of(Integer.toString(next)));
                    acknowledged.set(next);
                } catch (MeshUnavailableException e) {
                    Thread.onSpinWait();
                }
                count();
            }
        }

        private void count() {
            try {
                Entry before = bucket.get(SHARED).orElseThrow();
                Payload next = Payload.of(
                        Integer.toString(Integer.parseInt(before.value().text()) + 1));
                try {
                    if (bucket.update(SHARED, next, before.revision()) instanceof Written.At) {
                        shared.incrementAndGet();
                    }
                } catch (MeshUnavailableException e) {
                    unknown.incrementAndGet();
                }
            } catch (MeshUnavailableException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLostAndWatchesGoOnWhileOneServerAfterTheOtherIsKilled() throws InterruptedException {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        Map<String, String> told = new ConcurrentHashMap<>();
        try (NatsMesh mesh = connect("maker", cluster.servers());
                NatsMesh watching = connect("watching", cluster.servers())) {
            mesh.ensureBucket(name, 1);
            mesh.bucket(name).put(SHARED, Payload.of("0"));
            try (Subscription _ = watching.bucket(name).watch(KeyPattern.all(), change -> {
                if (change instanceof Change.Put(Entry entry)) {
                    told.put(entry.key().toString(), entry.value().text());
                }
            })) {
                List<NatsMesh> connections = IntStream.range(0, WRITERS)
                        .mapToObj(i -> connect("writer-" + i, cluster.servers()))
                        .toList();
                List<Writer> writers = IntStream.range(0, WRITERS)
                        .mapToObj(i -> new Writer(connections.get(i).bucket(name), "own-" + i, goesOn))
                        .toList();
                List<Thread> threads =
                        writers.stream().map(Thread::startVirtualThread).toList();

                awaitWrites(writers);
                // A bucket that was just made may not be on all three yet.
                cluster.awaitWhole();
                for (NatsServer victim :
                        List.of(leader(mesh, name), cluster.servers().getFirst())) {
                    victim.kill();
                    awaitWrites(writers);
                    victim.restart();
                    cluster.awaitWhole();
                }
                goesOn.set(false);
                for (Thread thread : threads) {
                    thread.join();
                }

                for (Writer writer : writers) {
                    Eventually.holds(
                            "the watch has the last of " + writer.own,
                            () -> atLeast(told.get(writer.own.toString()), writer.acknowledged.get()));
                }
                for (NatsServer server : cluster.servers()) {
                    assertAllKept(server, writers);
                }
                connections.forEach(NatsMesh::close);
            }
        }
    }

    private static void awaitWrites(List<Writer> writers) {
        for (Writer writer : writers) {
            int before = writer.acknowledged.get();
            int sharedBefore = writer.shared.get();
            Eventually.holds(
                    "%s goes on writing".formatted(writer.own),
                    () -> writer.acknowledged.get() > before + 20 && writer.shared.get() > sharedBefore);
        }
    }

    /** Asked by each server, also by one that was away; whichever replica answers, nothing may be missing. */
    private void assertAllKept(NatsServer server, List<Writer> writers) {
        int least = writers.stream().mapToInt(writer -> writer.shared.get()).sum();
        int most = least
                + writers.stream().mapToInt(writer -> writer.unknown.get()).sum();
        try (NatsMesh mesh = connect("reader", List.of(server))) {
            for (int i = 0; i < READINGS; i++) {
                Map<Key, String> kept = mesh.bucket(name).entries(KeyPattern.any()).entries().stream()
                        .collect(Collectors.toMap(
                                Entry::key, entry -> entry.value().text()));
                int counted = Integer.parseInt(kept.getOrDefault(SHARED, "0"));
                String where = "%s, log in %s: %s".formatted(server.url(), server.folder(), kept);

                assertTrue(counted >= least && counted <= most, () -> "%d to %d at %s".formatted(least, most, where));
                for (Writer writer : writers) {
                    assertTrue(
                            atLeast(kept.get(writer.own), writer.acknowledged.get()),
                            () -> "%s wrote %d, at %s".formatted(writer.own, writer.acknowledged.get(), where));
                }
            }
        }
    }

    private static boolean atLeast(@Nullable String value, int least) {
        return value != null && Integer.parseInt(value) >= least;
    }

    @Test
    void whoWasConnectedToAServerThatIsKilledIsNotHeldForGoneSinceBefore() {
        NatsServer victim = cluster.servers().get(2);
        try (NatsMesh asking = connect("asking", cluster.servers().subList(0, 1));
                NatsMesh _ = connect("elsewhere", cluster.servers().subList(1, 2));
                NatsMesh gone = connect("gone", List.of(victim))) {
            Eventually.holds(
                    "all three servers tell",
                    () -> asking.connections().names().containsAll(List.of("asking", "elsewhere", "gone")));
            Instant before = asking.connections().asOf();

            victim.kill();
            Eventually.holds(
                    "its connections are gone",
                    () -> !asking.connections().names().contains(gone.ownName()));

            assertFalse(asking.departures().since().isBefore(before), "nobody knows who was on it");
            Instant since = asking.departures().since();
            assertEquals(since, asking.departures().since(), "and from then on all is known");
        } finally {
            victim.restart();
        }
    }

    @Test
    void bucketsHaveThreeReplicasAlsoOfWhatIsSaidAgainAndThoseThatHaveFewerGetThem() throws Exception {
        BucketName again = new BucketName(name + "-again");
        BucketName fewer = new BucketName(name + "-fewer");
        BucketName records = new BucketName(name + "-records");
        Connection raw = Nats.connect(cluster.servers().getFirst().url());
        try (NatsMesh mesh = connect("maker", cluster.servers())) {
            raw.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name(Subjects.stream(fewer))
                            .subjects(Subjects.keys(fewer) + ".>")
                            .maxMessagesPerSubject(1)
                            .allowDirect(true)
                            .build());
            mesh.ensureBucket(name, 1);
            mesh.ensureBucket(again, 1, Durability.SOON);
            mesh.ensureBucket(fewer, 1);
            mesh.ensureRecords(records, 1_000, Duration.ofDays(180));

            StreamConfiguration kept =
                    ((NatsBucket) mesh.bucket(records)).info().getConfiguration();
            assertTrue(kept.getDenyDelete() && kept.getDenyPurge() && !kept.getAllowRollup(), kept::toString);
            assertEquals(
                    List.of(3, 3, 3, 3),
                    Stream.of(name, again, fewer, records)
                            .map(bucket -> ((NatsBucket) mesh.bucket(bucket))
                                    .info()
                                    .getConfiguration()
                                    .getReplicas())
                            .toList());
        } finally {
            raw.close();
        }
    }
}
