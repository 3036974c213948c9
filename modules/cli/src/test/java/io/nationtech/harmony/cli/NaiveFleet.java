package io.nationtech.harmony.cli;

import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nats.client.Connection;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueWatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is often built: each node has NATS' own watch of its key, which is a consumer of the server's, and puts an answer. */
final class NaiveFleet {
    private static final String DESIRED = "desired";
    private static final String STATE = "state";

    private NaiveFleet() {}

    /**
     * How long 99 of 100 nodes take from being told to having answered, in milliseconds, when all are told the second time; empty when the server
     * does not come so far as to have a watch for each.
     */
    static OptionalDouble run(int count, int atOnce) throws Exception {
        try (NatsServer server = NatsServer.startForManyConsumers()) {
            Connection author = connect(server);
            for (String bucket : List.of(DESIRED, STATE)) {
                author.keyValueManagement()
                        .create(KeyValueConfiguration.builder().name(bucket).build());
            }
            List<Connection> nodes = new ArrayList<>();
            try {
                for (int index = 0; index < count; index++) {
                    Connection node = connect(server);
                    nodes.add(node);
                    KeyValue state = node.keyValue(STATE);
                    String key = "n" + index + ".shop";
                    node.keyValue(DESIRED).watch(key, watcher(entry -> put(state, key, entry.getValue())));
                }
            } catch (IOException e) {
                System.out.printf("%6d nodes, a watch for each: ended by number %d: %s%n", count, nodes.size(), e);
                closeAll(nodes, author);
                return OptionalDouble.empty();
            }
            Map<String, CountDownLatch> answers = new ConcurrentHashMap<>();
            author.keyValue(STATE).watchAll(watcher(entry -> {
                CountDownLatch awaited =
                        answers.get(entry.getKey() + new String(entry.getValue(), StandardCharsets.UTF_8));
                if (awaited != null) {
                    awaited.countDown();
                }
            }));
            KeyValue desired = author.keyValue(DESIRED);
            tellAll(desired, answers, count, atOnce, "1");
            double[] times = tellAll(desired, answers, count, atOnce, "2");
            closeAll(nodes, author);
            return OptionalDouble.of(times[Math.min(count - 1, count * 99 / 100)]);
        }
    }

    /** Each waits for its connection, and not for its processor. */
    private static void closeAll(List<Connection> nodes, Connection author) {
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            nodes.forEach(node -> closing.submit(() -> close(node)));
            closing.submit(() -> close(author));
        }
    }

    private static double[] tellAll(
            KeyValue desired, Map<String, CountDownLatch> answers, int count, int atOnce, String version)
            throws InterruptedException {
        double[] times = new double[count];
        AtomicInteger next = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int worker = 0; worker < atOnce; worker++) {
            workers.add(Thread.ofVirtual().start(() -> {
                for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                    String key = "n" + index + ".shop";
                    CountDownLatch answered = new CountDownLatch(1);
                    answers.put(key + version, answered);
                    long began = System.nanoTime();
                    put(desired, key, version.getBytes(StandardCharsets.UTF_8));
                    try {
                        answered.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                        return;
                    }
                    times[index] = (System.nanoTime() - began) / 1e6;
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        Arrays.sort(times);
        return times;
    }

    private static void put(KeyValue bucket, String key, byte[] value) {
        try {
            bucket.put(key, value);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(NatsServer server) throws Exception {
        ThreadFactory threads = Thread.ofVirtual().factory();
        return Nats.connect(Options.builder()
                .server(server.url())
                .bufferSize(8 * 1024)
                .maxReconnects(-1)
                .executor(Executors.newThreadPerTaskExecutor(threads))
                .connectThreadFactory(threads)
                .callbackThreadFactory(threads)
                .readerThreadFactory(threads)
                .writerThreadFactory(threads)
                .build());
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Heard {
        void entry(KeyValueEntry entry);
    }

    private static KeyValueWatcher watcher(Heard heard) {
        return new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                if (entry.getValue() != null) {
                    Thread.ofVirtual().start(() -> heard.entry(entry));
                }
            }

            @Override
            public void endOfData() {}
        };
    }
}
