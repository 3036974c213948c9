package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.Port;
import java.time.Duration;
import java.util.Optional;

/**
 * Connects to a container; it is healthy when that succeeds.
 *
 * @param port the port at the node's address; one that the container publishes
 */
@Since(4)
public record TcpProbe(Port port, Duration period, Duration timeout) implements Probe {
    public TcpProbe {
        ProbeTimes.require(period, timeout);
    }

    /** A probe every ten seconds that waits two for its connection. */
    public static TcpProbe of(Port port) {
        return new TcpProbe(port, USUAL_PERIOD, USUAL_TIMEOUT);
    }

    @Override
    public Optional<Port> asked() {
        return Optional.of(port);
    }

    /** What is asked and how often, on one line for people. */
    @Override
    public String toString() {
        return ProbeTimes.text("connect :%s".formatted(port), this);
    }
}
