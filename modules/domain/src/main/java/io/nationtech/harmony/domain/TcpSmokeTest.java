package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;

/**
 * Connects to every replica of a service, through its node's address: for what has no page, as a broker or a database.
 *
 * @param port at the nodes' addresses; those tasks of the service are asked that publish it
 */
public record TcpSmokeTest(ServiceName service, Port port, Duration timeout) implements SmokeTest {
    public TcpSmokeTest {
        ReplicaTests.requireTimeout(service, timeout);
    }

    /** A test of a score of whatever kind, for two minutes at most. */
    public static TcpSmokeTest of(Score<?> score, Port port) {
        return new TcpSmokeTest(score.name(), port, ReplicaTests.USUAL_TIMEOUT);
    }

    /** The same test with another timeout. */
    public TcpSmokeTest within(Duration limit) {
        return new TcpSmokeTest(service, port, limit);
    }

    @Override
    public boolean asks(Task task) {
        return task.workload().ports().contains(NodePort.tcp(port));
    }
}
