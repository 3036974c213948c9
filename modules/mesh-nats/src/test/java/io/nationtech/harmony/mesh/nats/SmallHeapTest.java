package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nats.client.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent has a heap of 32 MB, and anybody may write more than that into what it watches. */
class SmallHeapTest {
    private static final BucketName BUCKET = new BucketName("large");
    private static final int KEYS = 40;
    private static final int SIZE = 1_000_000;

    private static Key key(int number) {
        return Key.of("n1", "large" + number);
    }

    private static void putAll(Bucket bucket, byte content) {
        byte[] value = new byte[SIZE];
        java.util.Arrays.fill(value, content);
        for (int i = 0; i < KEYS; i++) {
            bucket.put(key(i), Payload.of(value));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NatsServer.NEWEST, NatsServer.OLDEST})
    void outlivesFortyValuesOfAMegabyteThatItWatches(String program) throws IOException, InterruptedException {
        try (NatsServer server = NatsServer.start(program, "");
                Mesh mesh = NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), "writer"))) {
            mesh.ensureBucket(BUCKET, 1);
            putAll(mesh.bucket(BUCKET), (byte) 'a');
            Process watcher = watcher(server);
            try {
                // While it reads what was there, the same is written anew.
                putAll(mesh.bucket(BUCKET), (byte) 'b');

                assertTrue(watcher.waitFor(90, TimeUnit.SECONDS), "it has heard everything; log: " + log(server));
                assertEquals(0, watcher.exitValue(), () -> log(server));
            } finally {
                watcher.destroyForcibly();
            }
        }
    }

    private static String log(NatsServer server) {
        try {
            return Files.readString(server.folder().resolve("watcher.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Process watcher(NatsServer server) throws IOException {
        String classes = Stream.concat(
                        Stream.of(
                                        NatsMesh.class,
                                        Mesh.class,
                                        Cause.class,
                                        Connection.class,
                                        NatsServer.class,
                                        Test.class)
                                .map(type -> type.getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath()),
                        Stream.of(Path.of("target", "test-classes")
                                .toAbsolutePath()
                                .toString()))
                .distinct()
                .collect(Collectors.joining(":"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-Xss256k",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        classes,
                        Watcher.class.getName(),
                        server.url())
                .redirectErrorStream(true)
                .redirectOutput(server.folder().resolve("watcher.log").toFile())
                .start();
    }

    /** Ends once it has heard the second value of every key. */
    static final class Watcher {
        private Watcher() {}

        public static void main(String[] arguments) throws InterruptedException {
            Map<Key, Boolean> heard = new ConcurrentHashMap<>();
            CountDownLatch all = new CountDownLatch(1);
            NatsOptions options =
                    NatsOptions.of(NatsAddress.parse(arguments[0]), "watcher").resyncingEvery(Duration.ofMillis(500));
            try (Mesh mesh = NatsMesh.connect(options);
                    Subscription _ = mesh.bucket(BUCKET).watch(KeyPattern.under(Key.of("n1")), change -> {
                        if (change instanceof Change.Put(Entry entry)
                                && entry.value().text().startsWith("b")) {
                            heard.put(entry.key(), true);
                        }
                        if (heard.size() == KEYS) {
                            all.countDown();
                        }
                    })) {
                all.await();
            }
        }
    }
}
