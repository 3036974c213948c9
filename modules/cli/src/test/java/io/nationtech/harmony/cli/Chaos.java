package io.nationtech.harmony.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** `make chaos`: breaks a real small fleet on purpose, by seeds, and looks whether it keeps what it promises. */
public final class Chaos {
    private static final Duration LENGTH = Duration.ofSeconds(60);

    private Chaos() {}

    /** @param arguments how many runs, and the seed of the first; each further one has the next number */
    public static void main(String... arguments) throws IOException, InterruptedException {
        int runs = Integer.parseInt(arguments[0]);
        long first = Long.parseLong(arguments[1]);
        Path folder = Path.of(System.getProperty("chaos.folder")).toAbsolutePath();
        ChaosNetwork network = ChaosNetwork.create();
        int violations = 0;
        for (long seed = first; seed < first + runs; seed++) {
            violations += run(seed, folder.resolve("seed-" + seed), network);
        }
        System.out.printf("chaos runs=%d violations=%d%n", runs, violations);
        System.exit(violations == 0 ? 0 : 1);
    }

    private static int run(long seed, Path folder, ChaosNetwork network) throws IOException, InterruptedException {
        ChaosSchedule schedule = ChaosSchedule.of(seed, LENGTH);
        System.out.printf("seed %d, servers %s%n%s%n", seed, schedule.servers(), schedule);
        long began = System.nanoTime();
        try (ChaosFleet fleet = ChaosFleet.create(folder, network, schedule.servers(), new Random(seed))) {
            List<String> violations = violations(fleet, schedule);
            System.out.printf(
                    "  %d s: %s%n", Duration.ofNanos(System.nanoTime() - began).toSeconds(), fleet.history());
            violations.forEach(violation -> System.out.println("  VIOLATION " + violation));
            return violations.size();
        }
    }

    private static List<String> violations(ChaosFleet fleet, ChaosSchedule schedule)
            throws IOException, InterruptedException {
        try {
            return ChaosRun.violations(fleet, schedule);
        } catch (IllegalStateException | AssertionError e) {
            // As when the server does not start any more: the runs after this one are of interest, too.
            return List.of("broken off: " + e);
        }
    }
}
