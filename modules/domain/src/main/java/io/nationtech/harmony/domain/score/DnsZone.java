package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.DnsServer;
import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.node.ServiceReplicas;
import io.nationtech.harmony.domain.node.Since;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of the names of the world, and what is said of each name in it (RFC 1034 §4.2).
 *
 * @param zone the name that all its names end with; at most 180 characters
 * @param records at least one unless it follows a deployment, none twice; where there is an alias, nothing else is said of its name (RFC 1034 §3.6.2)
 * @param follows deployments whose services have names in it, at the addresses of the nodes where they take connections just then: {@code
 *     web.shop.home.example} of service {@code web} of deployment {@code shop}; 100 at most
 */
public record DnsZone(
        ServiceName name,
        DnsName zone,
        List<DnsRecord> records,
        @Since(2) Set<DeploymentName> follows,
        @Since(2) Serving serving)
        implements Score<DnsServer>, NodeResource {

    /**
     * Where it is answered.
     *
     * @param port of the nodes' addresses
     * @param servers the nodes, 100 at most; none before the deployment has been planned
     */
    public record Serving(Port port, List<ServiceReplica> servers) {
        /** At the port where whoever is told of no other asks (RFC 1035 §4.2). */
        public static final Serving DEFAULT = new Serving(Port.of(53), List.of());

        public Serving {
            servers = List.copyOf(servers);
            if (servers.size() > MOST) {
                throw new InvalidValueException(
                        "a zone is on %d nodes; it can be on %d".formatted(servers.size(), MOST));
            }
        }
    }

    /** The names of its servers are longer than its own: a label of 63 characters, {@code ns}, and dots. */
    private static final int LONGEST = 180;

    /** As of any name: RFC 1034 §3.1. */
    private static final int LONGEST_OWNER = 253;

    private static final int MOST = 100;

    public DnsZone {
        records = List.copyOf(records);
        follows = Set.copyOf(follows);
        if (zone.value().length() > LONGEST) {
            throw new InvalidValueException("zone '%s' has %d characters; the name of a zone has at most %d"
                            .formatted(zone, zone.value().length(), LONGEST))
                    .about(zone);
        }
        if (follows.size() > MOST) {
            throw new InvalidValueException(
                    "zone '%s' follows %d deployments; it can follow %d".formatted(zone, follows.size(), MOST));
        }
        if (records.isEmpty() && follows.isEmpty()) {
            throw new InvalidValueException("zone '%s' has no record; name what it is for".formatted(zone));
        }
        Set<DnsRecord> seen = new HashSet<>();
        for (DnsRecord record : records) {
            if (!record.name().isWithin(zone)) {
                throw new InvalidValueException("record '%s' is out of zone '%s'".formatted(record.name(), zone))
                        .about(record)
                        .suggesting("'%s.%s'".formatted(firstLabel(record.name()), zone));
            }
            if (record.owner().length() > LONGEST_OWNER) {
                throw new InvalidValueException("record '%s' has %d characters; a name has at most %d"
                                .formatted(record.owner(), record.owner().length(), LONGEST_OWNER))
                        .about(record);
            }
            for (DeploymentName followed : follows) {
                if (record.name().isWithin(names(zone, followed))) {
                    throw new InvalidValueException(
                                    "'%s' is a name of deployment '%s', which zone '%s' follows; leave out the one or the other"
                                            .formatted(record.name(), followed, zone))
                            .about(followed);
                }
            }
            if (!seen.add(record)) {
                throw new InvalidValueException("zone '%s' has a record twice: %s".formatted(zone, record))
                        .about(record);
            }
        }
        requireAliasesAlone(zone, records);
    }

    private static void requireAliasesAlone(DnsName zone, List<DnsRecord> records) {
        Map<String, Long> said =
                records.stream().collect(Collectors.groupingBy(DnsRecord::owner, Collectors.counting()));
        for (DnsRecord record : records) {
            if (record instanceof DnsRecord.Alias(DnsName alias, DnsName target)
                    && (said.getOrDefault(alias.value(), 0L) > 1 || alias.equals(zone))) {
                throw new InvalidValueException(
                                "'%s' is an alias of '%s' and more in zone '%s'; an alias stands alone (RFC 1034 §3.6.2)"
                                        .formatted(alias, target, zone))
                        .about(record);
            }
        }
    }

    private static String firstLabel(DnsName name) {
        return name.value().split("\\.", 2)[0];
    }

    /** A zone with its records. */
    public static DnsZone of(ServiceName name, DnsName zone, DnsRecord first, DnsRecord... others) {
        return new DnsZone(
                name, zone, Stream.concat(Stream.of(first), Stream.of(others)).toList(), Set.of(), Serving.DEFAULT);
    }

    /** The same, with names for the services of these deployments. */
    public DnsZone follows(DeploymentName first, DeploymentName... others) {
        return new DnsZone(
                name,
                zone,
                records,
                Stream.concat(follows.stream(), Stream.concat(Stream.of(first), Stream.of(others)))
                        .collect(Collectors.toSet()),
                serving);
    }

    /** What the names of a deployment's services end with. */
    public DnsName names(DeploymentName followed) {
        return names(zone, followed);
    }

    private static DnsName names(DnsName zone, DeploymentName followed) {
        return new DnsName("%s.%s".formatted(followed, zone));
    }

    /** The same, answered at another port of its nodes: for one that a resolver on the same node hands questions to. */
    public DnsZone answeredAt(Port other) {
        return served(new Serving(other, serving.servers()));
    }

    private DnsZone served(Serving other) {
        return new DnsZone(name, zone, records, follows, other);
    }

    /**
     * The zone by which the names of this one's addresses are found (RFC 1035 §3.5).
     *
     * @param block the addresses that it is about; its prefix is a multiple of 8, of IPv6 of 4
     * @throws InvalidValueException when none of this zone's addresses is among them
     */
    public DnsZone reversed(ServiceName other, Cidr block) {
        List<DnsRecord> pointers = records.stream()
                .filter(DnsRecord.Address.class::isInstance)
                .map(DnsRecord.Address.class::cast)
                .filter(record -> block.contains(record.address()))
                .<DnsRecord>map(record -> new DnsRecord.Pointer(record.address(), record.name()))
                .toList();
        if (pointers.isEmpty()) {
            throw new InvalidValueException(
                            "zone '%s' has no address of %s, of which names could be found".formatted(zone, block))
                    .about(block);
        }
        return new DnsZone(other, DnsName.reverse(block), pointers, Set.of(), new Serving(serving.port(), List.of()));
    }

    @Override
    public ResourceId id() {
        return new ResourceId(DnsZoneKind.NAME, ResourceName.of(name.value()));
    }

    @Override
    public DnsZone named(ResourceName other) {
        return new DnsZone(ServiceName.of(other.value()), zone, records, follows, serving);
    }

    @Override
    public Optional<ServiceName> service() {
        return Optional.of(name);
    }

    @Override
    public DnsZone leadingTo(ServiceReplicas services) {
        return served(new Serving(serving.port(), services.of(name)));
    }

    @Override
    public Claim claim() {
        return Claim.NOTHING.sharedPorts(Set.of(NodePort.udp(serving.port()), NodePort.tcp(serving.port())));
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return Anywhere.once(deployment, name, this);
    }
}
