package io.nationtech.harmony.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What breaks when, and for how long: all of it follows from a seed.
 *
 * @param servers of the mesh: one, or a hub of three
 */
record ChaosSchedule(List<String> servers, List<Step> steps) {
    private static final int AT_ONCE = 3;
    private static final List<Duration> WRONG =
            List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(3_650), Duration.ofDays(-3_650));

    /** @param begins and ends since the beginning of the run */
    record Step(Duration begins, Duration ends, Fault fault) {}

    /** Faults of so many lanes side by side, none of which breaks what another one breaks just then. */
    static ChaosSchedule of(long seed, Duration length) {
        Random chance = new Random(seed);
        List<String> servers = seed % 2 == 0 ? ChaosMember.SERVERS : ChaosMember.SERVERS.subList(0, 1);
        List<Step> steps = new ArrayList<>();
        Map<Fault.Part, Duration> busy = new HashMap<>();
        for (int lane = 0; lane < AT_ONCE; lane++) {
            Duration now = Duration.ofMillis(chance.nextInt(4_000));
            while (now.compareTo(length) < 0) {
                Step step = step(chance, servers, now);
                steps.add(step);
                now = step.ends().plusMillis(500 + chance.nextInt(4_000));
            }
        }
        steps.sort(Comparator.comparing(Step::begins));
        return new ChaosSchedule(
                servers,
                steps.stream()
                        .filter(step -> step.ends().compareTo(length) <= 0 && isFree(step, busy))
                        .toList());
    }

    /** In order of their beginning. */
    private static boolean isFree(Step step, Map<Fault.Part, Duration> busy) {
        boolean isFree = step.fault().parts().stream()
                .allMatch(part -> busy.getOrDefault(part, Duration.ZERO).compareTo(step.begins()) <= 0);
        if (isFree) {
            step.fault().parts().forEach(part -> busy.put(part, step.ends()));
        }
        return isFree;
    }

    private static Step step(Random chance, List<String> servers, Duration begins) {
        Fault fault = fault(chance, servers);
        int seconds = switch (fault) {
            case Fault.Cut _, Fault.Loss _, Fault.Slow _, Fault.FullNode _, Fault.Clock _ -> 3 + chance.nextInt(18);
            // Longer and shorter than a lease lasts.
            case Fault.Freeze _ -> 3 + chance.nextInt(20);
            // As long as it takes until another one carries a rollout on.
            case Fault.Kill(String member) when member.equals(ChaosMember.DEPLOYER) -> 1 + chance.nextInt(45);
            case Fault.Kill _, Fault.KillHolder _, Fault.KillServer _ -> 1 + chance.nextInt(5);
            case Fault.FullServer _, Fault.BitFlip _ -> 1 + chance.nextInt(4);
        };
        return new Step(begins, begins.plusSeconds(seconds), fault);
    }

    private static Fault fault(Random chance, List<String> servers) {
        return switch (chance.nextInt(14)) {
            case 0 -> new Fault.Cut(List.of(one(chance, ChaosMember.ALL)), way(chance));
            case 1 -> new Fault.Cut(ChaosMember.site(chance.nextInt(ChaosMember.SITES)), way(chance));
            case 2 -> new Fault.Cut(region(chance), way(chance));
            case 3 -> new Fault.Loss(region(chance));
            case 4 -> new Fault.Slow(one(chance, ChaosMember.ALL), Duration.ofMillis(200 + chance.nextInt(9_800)));
            case 5 -> new Fault.Kill(one(chance, ChaosMember.NODES));
            case 6 -> new Fault.Kill(ChaosMember.DEPLOYER);
            case 7 -> new Fault.KillHolder();
            case 8 -> new Fault.Freeze(one(chance, ChaosMember.ALL));
            case 9 -> new Fault.KillServer(one(chance, servers));
            case 10 -> new Fault.FullNode(one(chance, ChaosMember.NODES));
            case 11 ->
                chance.nextBoolean()
                        ? new Fault.FullServer(one(chance, servers))
                        : new Fault.BitFlip(one(chance, ChaosMember.NODES), one(chance, servers));
            case 12 -> new Fault.Cut(List.of(one(chance, servers)), way(chance));
            default -> new Fault.Clock(one(chance, ChaosMember.ALL), WRONG.get(chance.nextInt(WRONG.size())));
        };
    }

    private static String one(Random chance, List<String> members) {
        return members.get(chance.nextInt(members.size()));
    }

    private static Fault.Way way(Random chance) {
        Fault.Way[] all = Fault.Way.values();
        return all[chance.nextInt(all.length)];
    }

    /** Half of all. */
    private static List<String> region(Random chance) {
        List<String> all = new ArrayList<>(ChaosMember.ALL);
        Collections.shuffle(all, chance);
        return all.subList(0, all.size() / 2).stream().sorted().toList();
    }

    @Override
    public String toString() {
        return steps.stream()
                .map(step -> "  %5.1f to %5.1f s: %s"
                        .formatted(step.begins().toMillis() / 1e3, step.ends().toMillis() / 1e3, step.fault()))
                .collect(Collectors.joining("\n"));
    }
}
