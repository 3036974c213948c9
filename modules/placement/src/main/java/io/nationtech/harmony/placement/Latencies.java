package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long the way between sites is, there and back, as measured; the same both ways, and none within a site. */
public record Latencies(Map<SiteName, Map<SiteName, Duration>> measured) {
    public Latencies {
        Map<SiteName, Map<SiteName, Duration>> copy = new HashMap<>();
        measured.forEach((site, to) -> copy.put(site, Map.copyOf(to)));
        measured = Map.copyOf(copy);
    }

    /** Nothing was measured. */
    public static Latencies unknown() {
        return new Latencies(Map.of());
    }

    Optional<Duration> between(SiteName one, SiteName other) {
        if (one.equals(other)) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.ofNullable(measured.getOrDefault(one, Map.of()).get(other))
                .or(() -> Optional.ofNullable(
                        measured.getOrDefault(other, Map.of()).get(one)));
    }
}
