package io.nationtech.harmony.nameservers;

import static io.nationtech.harmony.nameservers.Installed.PROGRAMS;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.driver.LocalPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks a running unbound by the socket that its configuration names: {@code unbound-control(8)}; and has configurations checked without one. */
record UnboundControl(Path programs, Path config) {
    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final String DONE = "ok";

    private LocalPrograms.Result tell(String... words) {
        return PROGRAMS.run(
                AT_MOST,
                Stream.concat(
                                Stream.of(programs.resolve("unbound-control").toString(), "-c", config.toString()),
                                Stream.of(words))
                        .toList());
    }

    boolean isAnswered() {
        return tell("status").succeeded();
    }

    /** Why a configuration cannot be taken up. */
    Optional<String> check(Path candidate) {
        return failure(PROGRAMS.run(
                AT_MOST, List.of(programs.resolve("unbound-checkconf").toString(), "-q", candidate.toString())));
    }

    /** Reads its configuration again; what it knows and whoever waits for an answer is kept. */
    Optional<String> reload() {
        LocalPrograms.Result ended = tell("fast_reload");
        // What it cannot take up while it runs, as other interfaces, it tells by words alone.
        return ended.output().equals(DONE) ? Optional.empty() : Optional.of(ended.output());
    }

    /** Forgets what it knows of names that others answer for now. */
    void forget(Collection<DnsName> zones) {
        zones.forEach(zone -> tell("flush_zone", zone.value()));
    }

    private static Optional<String> failure(LocalPrograms.Result ended) {
        return ended.succeeded() ? Optional.empty() : Optional.of(ended.output());
    }

    /** Its counters by name; empty when it does not answer. */
    Optional<Map<String, Long>> counters() {
        LocalPrograms.Result ended = tell("stats_noreset");
        if (!ended.succeeded()) {
            return Optional.empty();
        }
        Map<String, Long> counters = new HashMap<>();
        ended.output()
                .lines()
                .map(line -> line.split("=", 2))
                .filter(counter -> counter.length == 2 && counter[1].matches("[0-9]{1,18}"))
                .forEach(counter -> counters.put(counter[0], Long.valueOf(counter[1])));
        return Optional.of(counters);
    }
}
