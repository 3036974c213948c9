package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.Port;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a container for a page; it is healthy when the answer's status is 200 to 399.
 *
 * @param port the port at the node's address; one that the container publishes
 */
@Since(4)
public record HttpProbe(
        Port port,
        HttpPath path,
        Duration period,
        Duration timeout,
        @Since(7) HttpScheme scheme) implements Probe {
    public HttpProbe {
        ProbeTimes.require(period, timeout);
    }

    /** Of a page that is not encrypted. */
    public HttpProbe(Port port, HttpPath path, Duration period, Duration timeout) {
        this(port, path, period, timeout, HttpScheme.DEFAULT);
    }

    /** A probe every ten seconds that waits two for its answer. */
    public static HttpProbe of(Port port, HttpPath path) {
        return new HttpProbe(port, path, USUAL_PERIOD, USUAL_TIMEOUT);
    }

    /** The same, by TLS: {@link HttpScheme#HTTPS}. */
    public HttpProbe overTls() {
        return new HttpProbe(port, path, period, timeout, HttpScheme.HTTPS);
    }

    @Override
    public Optional<Port> asked() {
        return Optional.of(port);
    }

    /** What is asked and how often, on one line for people. */
    @Override
    public String toString() {
        return ProbeTimes.text(
                "GET %s:%s%s".formatted(scheme == HttpScheme.DEFAULT ? "" : scheme.text(), port, path), this);
    }
}
