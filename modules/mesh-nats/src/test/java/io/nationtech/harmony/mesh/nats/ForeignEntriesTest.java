package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.CapturedLog;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any client of the server may write anything into a bucket. */
class ForeignEntriesTest {
    private static final BucketName BUCKET = new BucketName("foreign");
    private static final String ROOT = "$KV." + BUCKET + ".";
    private static final String LARGE_PAYLOADS = "max_payload: 4MB";
    private static final byte[] X = "x".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOO_LARGE = new byte[Payload.LARGEST + 1];
    private static final Key GOOD = Key.of("n1", "good");

    private static NatsServer server(String program) {
        return NatsServer.start(program, LARGE_PAYLOADS);
    }

    private static Mesh connect(NatsServer server) {
        return NatsMesh.connect(
                NatsOptions.of(NatsAddress.parse(server.url()), "foreign-test").resyncingEvery(Duration.ofMillis(200)));
    }

    private static List<String> keys(Snapshot snapshot) {
        return snapshot.entries().stream().map(entry -> entry.key().toString()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void isLeftOutOfEveryReadingWithOneWarningThatNamesIt(String program) {
        Map<String, String> heard = new ConcurrentHashMap<>();
        try (NatsServer server = server(program);
                Mesh mesh = connect(server);
                RawClient raw = new RawClient(server.url());
                CapturedLog log = CapturedLog.of("io.nationtech.harmony")) {
            mesh.ensureBucket(BUCKET, 4);
            Bucket bucket = mesh.bucket(BUCKET);
            raw.publish(ROOT + "n1.a%b", X);
            raw.publish(ROOT + "n1." + "l".repeat(65), X);
            raw.publish(ROOT + "1.2.3.4.5.6.7.8.9", X);
            raw.publish(ROOT + "n1.large", TOO_LARGE);
            raw.sync();
            bucket.put(GOOD, Payload.of("1"));
            Eventually.holds(
                    "all are stored",
                    () -> bucket.entries(KeyPattern.all()).revisions().size() == 5);
            try (Subscription _ = bucket.watch(
                    KeyPattern.all(),
                    change ->
                            heard.put(change.key().toString(), change.getClass().getSimpleName()))) {
                Eventually.holds("the good one is heard", () -> heard.containsKey("n1.good"));
                raw.publish(ROOT + "n1.a%b", X);
                assertEquals(List.of("n1.good"), keys(bucket.entries(KeyPattern.all())));
                assertEquals(
                        List.of("n1.good"), keys(bucket.entries(KeyPattern.any().then("good"))));
                Key large = Key.of("n1", "large");
                assertEquals(Optional.empty(), bucket.get(large));
                assertEquals(List.of(), bucket.history(large));
                assertEquals(new Written.Conflict(), bucket.create(large, Payload.of("mine")));
                Eventually.holds(
                        "the watch has read all again, and again",
                        () -> log.lines().stream()
                                        .filter(line -> line.contains("Reading foreign again"))
                                        .count()
                                > 3);
                assertEquals(Map.of("n1.good", "Put"), heard);

                List<String> all = log.warnings().stream()
                        .filter(line -> line.contains("4: "))
                        .toList();
                assertEquals(1, all.size(), all::toString);
                assertTrue(all.getFirst().contains("'foreign'"), all::toString);
                assertTrue(all.getFirst().contains("'n1.a%b'"), all::toString);

                bucket.delete(large);
                bucket.create(large, Payload.of("mine"));
                assertEquals(Payload.of("mine"), bucket.get(large).orElseThrow().value());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void itsHeadersDoNotPassForTheServers(String program) {
        String status = "NATS/1.0 404 No Messages\r\n\r\n";
        String headers = "NATS/1.0\r\nNats-Sequence: many\r\nNats-Subject: $KV.other.key\r\n"
                + "Nats-Time-Stamp: noon\r\nNats-Num-Pending: 0\r\nNats-Last-Sequence: 0\r\n\r\n";
        Map<String, String> heard = new ConcurrentHashMap<>();
        try (NatsServer server = server(program);
                Mesh mesh = connect(server);
                RawClient raw = new RawClient(server.url())) {
            mesh.ensureBucket(BUCKET, 1);
            Bucket bucket = mesh.bucket(BUCKET);
            raw.publish(ROOT + "a.status", status, X);
            raw.publish(ROOT + "\u00e9", "NATS/1.0\r\nno header\r\n\r\n", X);
            raw.publish(ROOT + "n1.forged", headers, X);
            raw.sync();
            bucket.put(GOOD, Payload.of("1"));

            assertEquals(List.of("a.status", "n1.forged", "n1.good"), keys(bucket.entries(KeyPattern.all())));
            assertEquals(
                    Payload.of(X),
                    bucket.get(Key.of("n1", "forged")).orElseThrow().value());
            try (Subscription _ = bucket.watch(KeyPattern.under(Key.of("n1")), change -> {
                if (change instanceof Change.Put(Entry entry)) {
                    heard.put(entry.key().toString(), entry.value().text());
                }
            })) {
                Eventually.holds("both are heard", () -> heard.equals(Map.of("n1.forged", "x", "n1.good", "1")));
                raw.publish(ROOT + "n1.forged", headers, "y".getBytes(StandardCharsets.US_ASCII));
                Eventually.holds("the second is heard", () -> heard.equals(Map.of("n1.forged", "y", "n1.good", "1")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void doesNotKeepALeaseForEver(String program) {
        AtomicLong nanos = new AtomicLong();
        Key name = Key.of("lease");
        try (NatsServer server = server(program);
                Mesh mesh = connect(server);
                RawClient raw = new RawClient(server.url())) {
            mesh.ensureBucket(BUCKET, 1);
            Bucket bucket = mesh.bucket(BUCKET);
            raw.publish(ROOT + name, TOO_LARGE);
            raw.sync();
            Leases leases = new Leases(bucket, "one", Leases.SHORTEST_TERM, nanos::get);

            assertEquals(Optional.empty(), leases.tryAcquire(name));
            nanos.addAndGet(Leases.SHORTEST_TERM.multipliedBy(2).toNanos());

            assertTrue(leases.tryAcquire(name).isPresent());
            assertEquals(Optional.of("one"), leases.holder(name));
        }
    }

    /** Garbage of many kinds, the same at each run, while everything that a mesh can do is being done. */
    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void ofEveryKindEndsNothing(String program) {
        Random random = new Random(20_261_128);
        Map<String, String> heard = new ConcurrentHashMap<>();
        AtomicLong nanos = new AtomicLong();
        try (NatsServer server = server(program);
                Mesh mesh = connect(server);
                RawClient raw = new RawClient(server.url())) {
            mesh.ensureBucket(BUCKET, 1);
            Bucket bucket = mesh.bucket(BUCKET);
            Leases leases = new Leases(bucket, "one", Leases.SHORTEST_TERM, nanos::get);
            try (Subscription _ = bucket.watch(KeyPattern.all(), change -> {
                if (change instanceof Change.Put(Entry entry)) {
                    heard.put(entry.key().toString(), entry.value().text());
                }
            })) {
                Leases.Lease lease = leases.tryAcquire(Key.of("lease")).orElseThrow();
                for (int round = 1; round <= 20; round++) {
                    for (int i = 0; i < 25; i++) {
                        publishGarbage(raw, random);
                    }
                    raw.sync();
                    String value = "round " + round;
                    bucket.put(GOOD, Payload.of(value));
                    assertEquals(value, bucket.get(GOOD).orElseThrow().value().text());
                    assertTrue(keys(bucket.entries(KeyPattern.all())).contains("n1.good"));
                    assertTrue(
                            keys(bucket.entries(KeyPattern.any().then("good"))).contains("n1.good"));
                    assertEquals(1, bucket.history(GOOD).size());
                    assertTrue(lease.renew());
                    Eventually.holds(value + " is heard", () -> value.equals(heard.get("n1.good")));
                }
            }
        }
    }

    /** With a key and headers that a server takes, and a few that it may refuse; never the keys that the test reads. */
    private static void publishGarbage(RawClient raw, Random random) {
        byte[] value = new byte[random.nextInt(20) == 0 ? TOO_LARGE.length : random.nextInt(300)];
        random.nextBytes(value);
        String subject = (random.nextInt(10) == 0 ? "harmony.watch." + BUCKET + "." : ROOT) + garbageKey(random);
        if (random.nextInt(3) == 0) {
            raw.publish(subject, GARBAGE_HEADERS.get(random.nextInt(GARBAGE_HEADERS.size())), value);
        } else {
            raw.publish(subject, value);
        }
    }

    private static final List<String> GARBAGE_HEADERS = List.of(
            "NATS/1.0 204 EOB\r\nNats-Num-Pending: 0\r\n\r\n",
            "NATS/1.0 503\r\n\r\n",
            "NATS/1.0\r\nNats-Sequence: -1\r\nNats-Subject: $KV.foreign\r\n\r\n",
            "NATS/1.0\r\nKV-Operation: \r\n\r\n",
            "NATS/1.0\r\nbroken\r\n\r\n",
            "NATS/1.0\r\n\r\nNats-Sequence: 1\r\n\r\n",
            "NATS/1.0\r\nb\u00e9 d: x\u0001\r\n:\r\n\r\n",
            "NATS/9.9 x\r\nA: b\r\n\r\n",
            "rubbish",
            "NATS/1.0\r\nKV-Operation: PURGE\r\nNats-Rollup: sub\r\n\r\n",
            "NATS/1.0\r\nNats-Sequence: 1\r\nNats-Subject: $KV.foreign.n1.good\r\nNats-Time-Stamp: 2026-01-01T00:00:00Z\r\n\r\n",
            "NATS/1.0\r\nNats-Expected-Last-Sequence: x\r\n\r\n");

    private static String garbageKey(Random random) {
        StringBuilder key = new StringBuilder();
        int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 12);
        while (key.length() < length) {
            int character = 33 + random.nextInt(223);
            boolean special = character == '*' || character == '>' || character == '.' || character == 127;
            key.append(special ? 'z' : (char) character);
            if (random.nextInt(6) == 0) {
                key.append(".q");
            }
        }
        return key.toString();
    }
}
