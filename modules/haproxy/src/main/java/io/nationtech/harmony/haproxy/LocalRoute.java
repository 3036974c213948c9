package io.nationtech.harmony.haproxy;

import static io.nationtech.harmony.haproxy.Installed.PROGRAMS;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.driver.LocalPrograms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All addresses of endpoints, which no machine has: the kernel answers there nevertheless, for its own programs and its containers alike. */
final class LocalRoute {
    private static final String NETWORK = "198.18.0.0/15";
    private static final Duration QUICKLY = Duration.ofSeconds(5);

    private LocalRoute() {}

    /** Sees to it; returns why it is not there. */
    static Optional<Cause> add() {
        LocalPrograms.Result ended = ip("replace");
        return ended.succeeded()
                ? Optional.empty()
                : Optional.of(new Cause(
                        "the kernel does not answer at %s: %s".formatted(NETWORK, ended.output()),
                        "this node",
                        "try by hand: ip route replace local %s dev lo; what was served before is served on"
                                .formatted(NETWORK)));
    }

    /** Nobody answers there any more. */
    static void remove() {
        ip("delete");
    }

    private static LocalPrograms.Result ip(String verb) {
        return PROGRAMS.run(QUICKLY, List.of("ip", "route", verb, "local", NETWORK, "dev", "lo"));
    }
}
