package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.LogsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Trains and measures the linked runtime, for agent/link-runtime and agent/bench-agent. */
final class LinkedRuntime {
    private static final int RUNS = 5;
    private static final Duration IDLE = Duration.ofSeconds(12);

    private final Path launcher;
    private final Path cache;
    private int started;

    private record Figures(long startMillis, long residentKibibytes, long proportionalKibibytes) {}

    private LinkedRuntime(Path runtime) {
        launcher = runtime.resolve("bin/harmony-agent");
        cache = runtime.resolve("lib/harmony.aot");
    }

    /** {@code train RUNTIME} or {@code bench RUNTIME}. */
    public static void main(String[] arguments) throws Exception {
        LinkedRuntime runtime = new LinkedRuntime(Path.of(arguments[1]).toAbsolutePath());
        makeImage();
        switch (arguments[0]) {
            case "train" -> runtime.train();
            case "bench" -> runtime.bench();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** A run as on a node: told something, asked for logs, beating, ended by SIGTERM; the JVM then writes the cache. */
    private void train() throws Exception {
        Files.deleteIfExists(cache);
        try (Site site = new Site();
                Trial trial = new Trial(site, Map.of("HARMONY_JVM_OPTIONS", "-XX:AOTCacheOutput=" + cache))) {
            trial.awaitSettled();
            site.awaitHardware(trial.node);
            site.fleet().commands().ping(trial.node);
            site.fleet().commands().logs(trial.node, new LogsRequest(Site.DEPLOYMENT, 10));
            trial.agent.awaitAge(Duration.ofSeconds(6));
            trial.agent.terminate(Duration.ofMinutes(1));
            if (!Files.exists(cache)) {
                throw new IllegalStateException("no AOT cache came of the run:\n" + trial.agent.output());
            }
        }
    }

    private void bench() throws Exception {
        System.out.printf(
                "%d processors, load %s: elapsed times count only while there is less load than processors%n",
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).strip());
        List<Figures> with = new ArrayList<>();
        List<Figures> without = new ArrayList<>();
        try (Site site = new Site()) {
            for (int run = 1; run <= RUNS; run++) {
                with.add(measured(site, "run %d, AOT cache".formatted(run), ""));
                without.add(measured(site, "run %d, none".formatted(run), "-XX:AOTMode=off"));
            }
        }
        print("median, AOT cache", median(with));
        print("median, none", median(without));
        System.out.printf(
                Locale.ROOT,
                "start without the cache / with it: %.1f%n",
                (double) median(without).startMillis() / median(with).startMillis());
        System.out.printf(
                Locale.ROOT,
                "bench-agent rss_mib=%.1f start_ms=%d%n",
                median(with).residentKibibytes() / 1024.0,
                median(with).startMillis());
    }

    private Figures measured(Site site, String name, String options) throws Exception {
        try (Trial trial = new Trial(site, Map.of("HARMONY_JVM_OPTIONS", options))) {
            Duration read = trial.agent.await("told revision").after();
            trial.awaitSettled();
            site.awaitHardware(trial.node);
            trial.agent.awaitAge(IDLE);
            Figures figures = new Figures(
                    read.toMillis(),
                    trial.agent.kibibytes("status", "VmRSS"),
                    trial.agent.kibibytes("smaps_rollup", "Pss"));
            print(name, figures);
            return figures;
        }
    }

    private static void print(String name, Figures figures) {
        System.out.printf(
                Locale.ROOT,
                "%-20s first desired state read after %4d ms; resident %.1f MiB, proportional %.1f MiB%n",
                name,
                figures.startMillis(),
                figures.residentKibibytes() / 1024.0,
                figures.proportionalKibibytes() / 1024.0);
    }

    private static Figures median(List<Figures> runs) {
        return new Figures(
                median(runs, Figures::startMillis),
                median(runs, Figures::residentKibibytes),
                median(runs, Figures::proportionalKibibytes));
    }

    private static long median(List<Figures> runs, ToLongFunction<Figures> figure) {
        return runs.stream()
                .mapToLong(figure)
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** One agent that was told to have something before it began. */
    private final class Trial implements AutoCloseable {
        private final NodeId node =
                NodeId.of("bench-%d-%d".formatted(ProcessHandle.current().pid(), ++started));
        private final Site site;
        private final Path state;
        private final RunningAgent agent;

        Trial(Site site, Map<String, String> more) throws IOException {
            this.site = site;
            state = Files.createTempDirectory("harmony-bench");
            site.tell(node, TrialContainers.IMAGE);
            Map<String, String> environment = new HashMap<>(more);
            environment.put("HARMONY_MESH", site.server().url());
            environment.put("HARMONY_NODE", node.value());
            environment.put("HARMONY_RUNTIME", "podman");
            environment.put("HARMONY_STATE", state.toString());
            agent = new RunningAgent(List.of(launcher.toString()), environment);
        }

        void awaitSettled() throws InterruptedException {
            agent.await("Registered");
            site.awaitState(node, Convergence.Converged.class::isInstance);
        }

        @Override
        public void close() throws IOException {
            agent.close();
            TrialContainers.remove(node);
            delete(state);
        }
    }

    private static void makeImage() throws IOException {
        Path scratch = Files.createTempDirectory("harmony-bench");
        TrialContainers.makeImages(scratch);
        delete(scratch);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
