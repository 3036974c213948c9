package io.nationtech.harmony.domain.node;

import java.time.Instant;
import java.util.Optional;

/**
 * How a container came to be as it is, as far as its runtime knows.
 *
 * @param restarts how often it was started again since it was made; whoever counts may begin anew when the node's agent starts
 * @param startedAt when its process was started last
 * @param lastExit how its process ended last; empty when it never did, or nobody saw it
 */
public record ContainerHistory(int restarts, Optional<Instant> startedAt, Optional<Exit> lastExit) {

    /** Of a container of which nothing is known. */
    public static final ContainerHistory DEFAULT = new ContainerHistory(0, Optional.empty(), Optional.empty());

    /**
     * How a process ended.
     *
     * @param code 0 for success; 128 plus the signal's number for a process that a signal ended
     */
    public record Exit(int code, Instant at) {}
}
