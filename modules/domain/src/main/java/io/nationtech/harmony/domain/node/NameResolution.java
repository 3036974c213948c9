package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a container learns addresses, beside the names of its group and of its node, {@code host.containers.internal}.
 *
 * @param hosts names that it finds without asking anybody, as in hosts(5); 64 at most
 * @param servers that it asks, the first first, 3 at most (resolv.conf(5)); when empty, those of its node
 */
@Since(6)
public record NameResolution(Map<DnsName, IpAddress> hosts, List<IpAddress> servers) {
    /** As its node does. */
    public static final NameResolution DEFAULT = new NameResolution(Map.of(), List.of());

    private static final int MOST_HOSTS = 64;
    private static final int MOST_SERVERS = 3;

    public NameResolution {
        hosts = Map.copyOf(hosts);
        servers = List.copyOf(servers);
        if (hosts.size() > MOST_HOSTS) {
            throw new InvalidValueException(
                    "a container is told %d host names, and may be told %d: let a DNS server know them"
                            .formatted(hosts.size(), MOST_HOSTS));
        }
        if (servers.size() > MOST_SERVERS) {
            throw new InvalidValueException("a container asks %d DNS servers, and programs ask the first %d only"
                            .formatted(servers.size(), MOST_SERVERS))
                    .about(servers.get(MOST_SERVERS));
        }
    }

    /** The same with one name more, or with another address of it. */
    public NameResolution host(DnsName name, IpAddress address) {
        Map<DnsName, IpAddress> all = new HashMap<>(hosts);
        all.put(name, address);
        return new NameResolution(all, servers);
    }

    /** The same, asking these. */
    public NameResolution servers(List<IpAddress> others) {
        return new NameResolution(hosts, others);
    }
}
