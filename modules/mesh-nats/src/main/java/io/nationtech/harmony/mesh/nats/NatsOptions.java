package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.nats.NatsAddress.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * How to reach the mesh.
 *
 * @param servers any of them will do; at least one, and not two with different credentials
 * @param connectionName what the server's operator sees; unlike those of others, so that they do not all come at once
 * @param requestTimeout how long the mesh may take to answer
 * @param resyncPeriod how often watches read everything again, in case a message was lost
 * @param access how the two ends know each other
 */
public record NatsOptions(
        List<NatsAddress> servers,
        String connectionName,
        Duration requestTimeout,
        Duration resyncPeriod,
        NatsAccess access) {
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 4;
    private static final int MOST_RECONNECT_DOUBLINGS = 3;

    /**
     * @throws InvalidValueException when the addresses and the access contradict each other
     */
    public NatsOptions {
        servers = List.copyOf(servers);
        requireTls(servers, access);
        if (access.identity() instanceof NatsAccess.Identity.OfLogin
                && !credentials(servers).isEmpty()) {
            throw new InvalidValueException(
                    "there is a login, and the mesh addresses %s have credentials too; leave one of them out"
                            .formatted(servers));
        }
        if (credentials(servers).size() > 1) {
            throw new InvalidValueException(
                    "the mesh addresses %s have different credentials; give one user to all".formatted(servers));
        }
    }

    /** A certificate that nobody looks at would be a promise that is not kept. */
    private static void requireTls(List<NatsAddress> servers, NatsAccess access) {
        if (access.authority() instanceof NatsAccess.Authority.OfFile
                && !servers.stream().allMatch(NatsAddress::isSecure)) {
            throw new InvalidValueException(
                    "an authority for TLS is given, and not all mesh addresses %s are of TLS; write tls://host:port"
                            .formatted(servers));
        }
    }

    /** Five seconds for an answer, and a full read each ten minutes: messages that a client drops, it tells. */
    public static NatsOptions of(NatsAddress server, String connectionName) {
        return of(List.of(server), connectionName);
    }

    /** The same with several servers. */
    public static NatsOptions of(List<NatsAddress> servers, String connectionName) {
        return new NatsOptions(servers, connectionName, Duration.ofSeconds(5), Duration.ofMinutes(10), NatsAccess.OPEN);
    }

    /** The same with another period of full reads. */
    public NatsOptions resyncingEvery(Duration period) {
        return new NatsOptions(servers, connectionName, requestTimeout, period, access);
    }

    /**
     * The same with another access.
     *
     * @throws InvalidValueException when the addresses contradict it
     */
    public NatsOptions with(NatsAccess other) {
        return new NatsOptions(servers, connectionName, requestTimeout, resyncPeriod, other);
    }

    boolean isSecure() {
        return servers.stream().anyMatch(NatsAddress::isSecure);
    }

    String where() {
        return servers.stream().map(NatsAddress::toString).collect(Collectors.joining(", "));
    }

    Optional<Credentials> credentials() {
        return credentials(servers).stream().findFirst();
    }

    private static Set<Credentials> credentials(List<NatsAddress> servers) {
        return servers.stream().flatMap(server -> server.credentials().stream()).collect(Collectors.toSet());
    }

    /** Until the next full read: a quarter longer at most, by the connection's name, which spreads a fleet without chance. */
    Duration resyncPause() {
        return resyncPeriod.plus(resyncPeriod.dividedBy(4).multipliedBy(share()).dividedBy(SHARES));
    }

    /** Before connecting again after so many vain attempts: 1 to 2 s at first, 16 to 32 s in the end. */
    Duration retryPause(int attempts) {
        Duration shortest = SHORTEST_RETRY.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        return shortest.plus(shortest.multipliedBy(share()).dividedBy(SHARES));
    }

    /**
     * Before connecting again once a connection is lost, for the which time: up to 1 s at first, 4 to 8 s in the end. By chance, as all of a
     * fleet lose theirs at the same moment.
     */
    static Duration reconnectPause(long rounds) {
        long longest = SHORTEST_RETRY.toMillis() << Math.min(rounds, MOST_RECONNECT_DOUBLINGS);
        long least = rounds == 0 ? 0 : longest / 2;
        return Duration.ofMillis(least + ThreadLocalRandom.current().nextLong(longest - least));
    }

    private static final int SHARES = 1_000;

    private int share() {
        return Math.floorMod(connectionName.hashCode(), SHARES);
    }
}
