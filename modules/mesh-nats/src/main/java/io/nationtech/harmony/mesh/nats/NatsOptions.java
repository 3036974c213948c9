package io.nationtech.harmony.mesh.nats;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How to reach the mesh.
 *
 * @param servers any of them will do; at least one
 * @param connectionName what the server's operator sees
 * @param requestTimeout how long the mesh may take to answer
 * @param resyncPeriod how often watches read everything again, in case a message was lost
 */
public record NatsOptions(
        List<NatsAddress> servers, String connectionName, Duration requestTimeout, Duration resyncPeriod) {
    public NatsOptions {
        servers = List.copyOf(servers);
    }

    /** Five seconds for an answer, and a full read each minute. */
    public static NatsOptions of(NatsAddress server, String connectionName) {
        return of(List.of(server), connectionName);
    }

    /** The same with several servers. */
    public static NatsOptions of(List<NatsAddress> servers, String connectionName) {
        return new NatsOptions(servers, connectionName, Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    /** The same with another period of full reads. */
    public NatsOptions resyncingEvery(Duration period) {
        return new NatsOptions(servers, connectionName, requestTimeout, period);
    }

    String where() {
        return servers.stream().map(NatsAddress::toString).collect(Collectors.joining(", "));
    }
}
