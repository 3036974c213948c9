package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Addresses of no machine at which the kernel answers nevertheless, for its own programs and its containers alike. */
enum LocalRoute {
    /** All addresses of endpoints: 198.18.0.0/15. */
    ENDPOINTS("198.18.0.0/15");

    private static final Duration QUICKLY = Duration.ofSeconds(5);

    private final String network;

    LocalRoute(String network) {
        this.network = network;
    }

    /** Sees to it; empty when it is there. */
    Optional<Cause> add() {
        Program.Ended ended = ip("replace");
        return ended.succeeded()
                ? Optional.empty()
                : Optional.of(new Cause(
                        "the kernel does not answer at %s: %s".formatted(network, ended.output()),
                        "this node",
                        "try by hand: ip route replace local %s dev lo; what was served before is served on"
                                .formatted(network)));
    }

    /** Nobody answers there any more. */
    void remove() {
        ip("delete");
    }

    private Program.Ended ip(String verb) {
        return Program.run(QUICKLY, List.of("ip", "route", verb, "local", network, "dev", "lo"));
    }
}
