package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a container learns addresses, beside the names of its group and of its node, {@code host.containers.internal}.
 *
 * @param hosts names that it finds without asking anybody, as in hosts(5); 64 at most
 * @param servers that it asks, the first first, 3 at most with the member (resolv.conf(5)); without any, those of its node
 * @param member another container of its group, which it asks before the servers, at whatever address that has
 */
@Since(6)
public record NameResolution(
        Map<DnsName, IpAddress> hosts,
        List<IpAddress> servers,
        @Since(8) Optional<ContainerName> member) {
    /** As its node does. */
    public static final NameResolution DEFAULT = new NameResolution(Map.of(), List.of(), Optional.empty());

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
        int asked = servers.size() + (member.isPresent() ? 1 : 0);
        if (asked > MOST_SERVERS) {
            throw new InvalidValueException("a container asks %d DNS servers, and programs ask the first %d only"
                            .formatted(asked, MOST_SERVERS))
                    .about(servers.getLast());
        }
    }

    /** The same with one name more, or with another address of it. */
    public NameResolution host(DnsName name, IpAddress address) {
        Map<DnsName, IpAddress> all = new HashMap<>(hosts);
        all.put(name, address);
        return new NameResolution(all, servers, member);
    }

    /** The same, asking these. */
    public NameResolution servers(List<IpAddress> others) {
        return new NameResolution(hosts, others, member);
    }

    /** The same, asking another container of its group first. */
    public NameResolution member(ContainerName server) {
        return new NameResolution(hosts, servers, Optional.of(server));
    }
}
