package io.nationtech.harmony.haproxy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many replicas are behind each name, and how many of them take requests, as the proxy sees them. */
final class Replicas {
    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final List<String> OF_A_WHOLE = List.of("FRONTEND", "BACKEND");
    private static final int BACKEND = 0;
    private static final int SERVER = 1;
    private static final int STATUS = 17;

    private final Map<String, Integer> all = new HashMap<>();
    private final Map<String, Integer> up = new HashMap<>();
    private final boolean known;

    private Replicas(Optional<String> statistics) {
        known = statistics.isPresent();
        statistics.stream()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",", STATUS + 2))
                .filter(fields -> fields.length > STATUS && !OF_A_WHOLE.contains(fields[SERVER]))
                .forEach(fields -> {
                    all.merge(fields[BACKEND], 1, Integer::sum);
                    if (fields[STATUS].startsWith("UP") || fields[STATUS].equals("no check")) {
                        up.merge(fields[BACKEND], 1, Integer::sum);
                    }
                });
    }

    static Replicas of(CommandSocket worker) {
        return new Replicas(worker.ask("show stat", AT_MOST));
    }

    boolean areKnown() {
        return known;
    }

    int all(String backend) {
        return all.getOrDefault(backend, 0);
    }

    int up(String backend) {
        return up.getOrDefault(backend, 0);
    }
}
