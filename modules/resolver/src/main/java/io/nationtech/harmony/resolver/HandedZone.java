package io.nationtech.harmony.resolver;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;

/**
 * A zone for which others are asked than for all other names.
 *
 * @param zone its names are not looked for elsewhere, and are believed without a signature
 * @param servedBy the score that is the zone, where the same deployment has it
 * @param servers who answers for it; 100 at most, and of a zone of the deployment none before that has been planned
 */
public record HandedZone(DnsName zone, Optional<ServiceName> servedBy, Port port, List<IpAddress> servers) {
    private static final int MOST_SERVERS = 100;

    public HandedZone {
        servers = List.copyOf(servers);
        if (servers.size() > MOST_SERVERS) {
            throw new InvalidValueException(
                    "%d servers of zone '%s' are more than %d".formatted(servers.size(), zone, MOST_SERVERS));
        }
    }

    HandedZone at(List<IpAddress> others) {
        return new HandedZone(zone, servedBy, port, others);
    }
}
