package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.NodeId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** `make bench-placement`: prints how fast decisions are at three sizes of cluster, and how tight they pack. */
public final class PlacementBench {
    private static final int PLACEMENTS = 50_000;
    private static final double FULL = 0.7;
    private static final long SEED = 20_261_124;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PlacementBench() {}

    /** What this thread has had of a processor, in ns: the clock on the wall also counts what other programs on the machine took. */
    private static long cpu() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /**
     * @param perSecond decisions in a second of processor time of the whole program: withdrawals, collector and compiler included
     * @param onTheWall the same in a second of wall clock
     * @param mean of the deciding thread's processor time, in ms, as are those below
     */
    private record Figures(
            int nodes,
            double perSecond,
            double onTheWall,
            double mean,
            double p50,
            double p99,
            double most,
            int unplaced,
            Lost lost) {
        double micros() {
            return 1e6 / perSecond;
        }
    }

    private record Lost(int work, int placed, double perSecond, double p99) {}

    /** Counts time from when it is made. */
    private record Watch(long wall, long process) {
        static Watch start() {
            return new Watch(System.nanoTime(), processTime());
        }

        double wallSeconds() {
            return (System.nanoTime() - wall) / 1e9;
        }

        double processSeconds() {
            return (processTime() - process) / 1e9;
        }

        private static long processTime() {
            return ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElseThrow(() -> new IllegalStateException("this system does not tell a process's time"))
                    .toNanos();
        }
    }

    /** Runs; takes about a minute. */
    public static void main(String[] arguments) {
        run(1_000, PLACEMENTS);
        System.out.printf(
                "%8s %12s %12s %8s %8s %8s %8s %9s   %s%n",
                "nodes",
                "decisions/s",
                "by the wall",
                "mean ms",
                "p50 ms",
                "p99 ms",
                "max ms",
                "unplaced",
                "after losing 10 % of nodes");
        List<Figures> all = new ArrayList<>();
        for (int nodes : new int[] {100, 1_000, 10_000}) {
            Figures figures = run(nodes, PLACEMENTS);
            all.add(figures);
            System.out.printf(
                    Locale.ROOT,
                    "%8d %12.0f %12.0f %8.3f %8.3f %8.3f %8.3f %9d   %d of %d placed again, %.0f decisions/s, p99 %.3f ms%n",
                    figures.nodes,
                    figures.perSecond,
                    figures.onTheWall,
                    figures.mean,
                    figures.p50,
                    figures.p99,
                    figures.most,
                    figures.unplaced,
                    figures.lost.placed,
                    figures.lost.work,
                    figures.lost.perSecond,
                    figures.lost.p99);
        }
        System.out.println("decisions/s by processor time of the whole program; ms by that of the deciding thread");
        PackingGap.Result gap = PackingGap.measure(SEED, 60);
        System.out.println(gap);
        System.out.println("""
                published elsewhere, not measured here, on other hardware and other work:
                  kube-scheduler, CI floor   810 pods/s at 5,000 nodes; 180 pods/s with device resources
                  Nomad, C2M               1,500 containers/s at 6,100 hosts""");
        Figures small = all.get(1);
        Figures large = all.get(2);
        System.out.printf(
                Locale.ROOT,
                "bench-placement per_second=%.0f p99_ms=%.3f growth=%.2f packing_gap_pct=%.2f%n",
                large.perSecond,
                large.p99,
                large.micros() / small.micros(),
                gap.percent());
    }

    /** Fills the cluster to seven tenths, and keeps it there: the oldest deployments leave as new ones come. */
    private static Figures run(int nodes, int placements) {
        List<PlacementNode> cluster = new BenchCluster(SEED).nodes(nodes);
        Placer placer = new Placer(BenchCluster.latencies(nodes));
        cluster.forEach(placer::update);
        Filling filling = new Filling(placer, cluster);
        List<List<Workload>> deployments = deployments(nodes, placements);
        long[] took = new long[placements];
        int decided = 0;
        Watch watch = Watch.start();
        for (List<Workload> copies : deployments) {
            filling.makeRoom();
            for (Workload copy : copies) {
                if (decided < placements) {
                    long before = cpu();
                    Decision decision = placer.place(copy);
                    took[decided++] = cpu() - before;
                    filling.came(decision, copy);
                }
            }
            filling.deployed(copies);
        }
        double process = watch.processSeconds();
        double wall = watch.wallSeconds();
        Lost lost = lose(placer, cluster);
        return new Figures(
                nodes,
                decided / process,
                decided / wall,
                Arrays.stream(took).average().orElse(0) / 1e6,
                at(took, 0.5),
                at(took, 0.99),
                at(took, 1),
                filling.unplaced,
                lost);
    }

    private static List<List<Workload>> deployments(int nodes, int placements) {
        BenchWork work = new BenchWork(SEED, nodes);
        List<List<Workload>> prepared = new ArrayList<>();
        for (int made = 0; made < placements; made += prepared.getLast().size()) {
            prepared.add(work.next());
        }
        return prepared;
    }

    /** What runs, and how full it makes the cluster. */
    private static final class Filling {
        private final Placer placer;
        private final double mostCpu;
        private final double mostMemory;
        private final Deque<List<Workload>> there = new ArrayDeque<>();
        private long cpu;
        private long memory;
        private int unplaced;

        Filling(Placer placer, List<PlacementNode> cluster) {
            this.placer = placer;
            this.mostCpu = FULL
                    * cluster.stream().mapToDouble(PlacementNode::cpuForWork).sum();
            this.mostMemory = FULL
                    * cluster.stream().mapToDouble(PlacementNode::memoryForWork).sum();
        }

        void makeRoom() {
            while (!there.isEmpty() && (cpu > mostCpu || memory > mostMemory)) {
                for (Workload old : there.removeFirst()) {
                    placer.withdraw(old.id()).ifPresent(gone -> count(gone, -1));
                }
            }
        }

        void came(Decision decision, Workload copy) {
            if (decision instanceof Decision.Placed) {
                count(copy, 1);
            } else {
                placer.withdraw(copy.id());
                unplaced++;
            }
        }

        void deployed(List<Workload> copies) {
            there.addLast(copies);
        }

        private void count(Workload work, int sign) {
            cpu += (long) sign * work.demand().cpu().millis();
            memory += sign * work.demand().memory().bytes();
        }
    }

    /** Every tenth node is lost; its work finds a place elsewhere. */
    private static Lost lose(Placer placer, List<PlacementNode> cluster) {
        List<Workload> homeless = new ArrayList<>();
        for (int node = 0; node < cluster.size(); node += 10) {
            NodeId lost = cluster.get(node).id();
            homeless.addAll(placer.remove(lost));
        }
        long[] took = new long[homeless.size()];
        Watch watch = Watch.start();
        int placed = 0;
        for (int at = 0; at < took.length; at++) {
            long before = cpu();
            placed += placer.place(homeless.get(at)) instanceof Decision.Placed ? 1 : 0;
            took[at] = cpu() - before;
        }
        return new Lost(took.length, placed, took.length / watch.processSeconds(), at(took, 0.99));
    }

    private static double at(long[] took, double share) {
        long[] sorted = took.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }
}
