package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.FolderTree;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * `make bench-fleet`: nodes by the thousand in this process, all of an agent but its containers, each with a connection, a login and keys of its
 * own, on one real server with TLS and permissions that syncs every write. Beside it what a watch for each node would do, a consumer of the
 * server's each, without logins and TLS, which is to its advantage.
 */
public final class FleetBench {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    /** So many nodes are told at once when all are, as a rollout limits it. */
    private static final int AT_ONCE = Integer.getInteger("atonce", 64);

    private static final int SINGLE = 200;
    private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("idle", 30));
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What somebody who deploys hears, and the times that it took. */
    private final Fleet fleet;

    private final int count;
    private final Map<NodeId, Told> told = new ConcurrentHashMap<>();
    private final Map<NodeId, Long> revisions = new ConcurrentHashMap<>();

    /** One telling: from when it was begun until its node said that it is so. */
    private static final class Told {
        private final long began = System.nanoTime();
        private final CountDownLatch answered = new CountDownLatch(1);
        private volatile long revision;
        private volatile long seen;
        private volatile long ended;

        /** Whichever comes first, the server's answer or the node's. */
        synchronized void written(long at) {
            revision = at;
            check();
        }

        synchronized void converged(long at) {
            seen = Math.max(seen, at);
            check();
        }

        private void check() {
            if (revision > 0 && seen >= revision && answered.getCount() > 0) {
                ended = System.nanoTime();
                answered.countDown();
            }
        }
    }

    private FleetBench(Fleet fleet, int count) {
        this.fleet = fleet;
        this.count = count;
    }

    public static void main(String[] arguments) {
        try {
            measureAll();
            System.exit(0);
        } catch (Exception e) {
            // Thousands of nodes would go on.
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void measureAll() throws Exception {
        String last = "";
        for (String size : System.getProperty("nodes", "1000,5000,10000").split(",")) {
            int count = Integer.parseInt(size);
            OptionalDouble naive = NaiveFleet.run(count, AT_ONCE);
            naive.ifPresent(millis -> System.out.printf(
                    Locale.ROOT, "%6d nodes, a watch for each: all told, p99 %.0f ms%n", count, millis));
            last = run(count, naive);
        }
        System.out.println(last);
    }

    /** The last line. */
    private static String run(int count, OptionalDouble naive) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("/dev/shm"), "bench-fleet");
        try (BenchMesh mesh = BenchMesh.create(folder, count);
                NatsMesh own = mesh.owner().connect("ada")) {
            FleetBench bench = new FleetBench(mesh.owner().fleet(own, "ada"), count);
            bench.fleet.ensureBuckets();
            try (BenchNodes nodes = BenchNodes.of(mesh.owner(), count);
                    Subscription _ = bench.fleet.nodeReports().watchStates(SHOP, bench::hear)) {
                return bench.measure(mesh, nodes, naive);
            }
        } finally {
            FolderTree.delete(folder);
        }
    }

    private String measure(BenchMesh mesh, BenchNodes nodes, OptionalDouble naive) throws Exception {
        long began = System.nanoTime();
        nodes.start();
        nodes.awaitConnected(fleet, PATIENCE);
        double connect = since(began);
        say("all are connected and registered after %.1f s", connect);

        tellAll(1);
        long all = System.nanoTime();
        double[] update = tellAll(2);
        double allSeconds = since(all);
        say(
                "all told, %d at once: %.1f s, p50 %.0f ms, p99 %.0f ms",
                AT_ONCE, allSeconds, at(update, 50), at(update, 99));
        double[] single = tellSome(3);
        say("one told: p50 %.1f ms, p99 %.1f ms", at(single, 50), at(single, 99));

        long before = mesh.serverNanos();
        TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
        double idle = 100.0 * (mesh.serverNanos() - before) / IDLE.toNanos();
        long rss = mesh.serverMebibytes();
        say(
                "idle: the server takes %.1f %% of a core, %d MiB; this process %d MiB",
                idle, rss, BenchMesh.mebibytes(ProcessHandle.current().pid()));

        Kill kill = kill(mesh, nodes);
        say(
                "the server killed: all nodes back after %.1f s; of %d words that it had taken, %d lost; %d containers started twice",
                kill.back(), kill.taken(), kill.lost(), nodes.startedTwice(4));
        int consumers = mesh.consumers();
        say("%d consumers left behind", consumers);
        return String.format(
                Locale.ROOT,
                "bench-fleet nodes=%d connect_s=%.1f all_s=%.1f all_p99_ms=%.0f one_p99_ms=%.1f server_rss_mib=%d idle_cpu_percent=%.1f back_s=%.1f lost=%d twice=%d consumers=%d naive_p99_ms=%s",
                count,
                connect,
                allSeconds,
                at(update, 99),
                at(single, 99),
                rss,
                idle,
                kill.back(),
                kill.lost(),
                nodes.startedTwice(4),
                consumers,
                naive.isPresent() ? Long.toString(Math.round(naive.getAsDouble())) : "never");
    }

    private void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, "%6d nodes: %s%n", count, String.format(Locale.ROOT, format, values));
    }

    private record Kill(double back, int taken, int lost) {}

    /** In the midst of telling all. */
    private Kill kill(BenchMesh mesh, BenchNodes nodes) throws Exception {
        AtomicInteger taken = new AtomicInteger();
        Map<NodeId, Long> acknowledged = new ConcurrentHashMap<>();
        Thread telling = Thread.ofVirtual()
                .start(() -> forEach(index -> {
                    NodeId node = BenchNodes.id(index);
                    try {
                        Written written =
                                fleet.desiredStates().tell(desired(node, 4), Optional.ofNullable(revisions.get(node)));
                        if (written instanceof Written.At(long revision)) {
                            acknowledged.put(node, revision);
                            taken.incrementAndGet();
                        }
                    } catch (MeshUnavailableException e) {
                        // What was not acknowledged may or may not be there.
                    }
                }));
        while (taken.get() < count / 3 && telling.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        mesh.kill();
        long killed = System.nanoTime();
        mesh.restart();
        telling.join();
        nodes.awaitConnected(fleet, PATIENCE);
        double back = since(killed);
        AtomicInteger lost = new AtomicInteger();
        acknowledged.forEach((node, revision) -> {
            long now = fleet.desiredStates().of(node, SHOP).orElseThrow().revision();
            if (now < revision) {
                lost.incrementAndGet();
            }
        });
        nodes.awaitStarted(4, acknowledged.keySet(), PATIENCE);
        return new Kill(back, acknowledged.size(), lost.get());
    }

    /** In milliseconds, sorted. */
    private double[] tellAll(int version) throws InterruptedException {
        Told[] all = new Told[count];
        forEach(index -> all[index] = tell(BenchNodes.id(index), version));
        return millis(all);
    }

    private double[] tellSome(int version) throws InterruptedException {
        Told[] some = new Told[Math.min(SINGLE, count)];
        for (int index = 0; index < some.length; index++) {
            some[index] = tell(BenchNodes.id(index * (count / some.length)), version);
        }
        return millis(some);
    }

    private static double[] millis(Told[] all) {
        return Arrays.stream(all)
                .mapToDouble(one -> (one.ended - one.began) / 1e6)
                .sorted()
                .toArray();
    }

    private void forEach(IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int worker = 0; worker < AT_ONCE; worker++) {
            workers.add(Thread.ofVirtual().start(() -> {
                for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                    work.accept(index);
                }
            }));
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Told tell(NodeId node, int version) {
        Told one = new Told();
        told.put(node, one);
        switch (fleet.desiredStates().tell(desired(node, version), Optional.ofNullable(revisions.get(node)))) {
            case Written.At(long revision) -> {
                revisions.put(node, revision);
                one.written(revision);
            }
            case Written.Conflict conflict -> throw new IllegalStateException(node + ": " + conflict);
        }
        try {
            if (!one.answered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("node %s never said that it is so".formatted(node));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return one;
    }

    private void hear(NodeState state) {
        Told one = told.get(state.node());
        if (one != null && state.convergence() instanceof Convergence.Converged) {
            one.converged(state.revision());
        }
    }

    static DesiredState desired(NodeId node, int version) {
        return new DesiredState(
                node, SHOP, List.of(Container.of(ContainerName.of("web"), image(version), Memory.mebibytes(64))));
    }

    static ImageReference image(int version) {
        return ImageReference.of("registry.example.org/web:" + version);
    }

    private static double at(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
