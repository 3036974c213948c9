package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.DnsServer;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of the names of the world, and what is said of each name in it (RFC 1034 §4.2).
 *
 * @param zone the name that all its names end with
 * @param records at least one, none twice; where there is an alias, nothing else is said of its name (RFC 1034 §3.6.2)
 */
public record DnsZone(ServiceName name, DnsName zone, List<DnsRecord> records)
        implements Score<DnsServer>, NodeResource {
    public DnsZone {
        records = List.copyOf(records);
        if (records.isEmpty()) {
            throw new InvalidValueException("zone '%s' has no record; name what it is for".formatted(zone));
        }
        Set<DnsRecord> seen = new HashSet<>();
        for (DnsRecord record : records) {
            if (!isWithin(zone, record.name())) {
                throw new InvalidValueException("record '%s' is out of zone '%s'".formatted(record.name(), zone))
                        .about(record)
                        .suggesting("'%s.%s'".formatted(firstLabel(record.name()), zone));
            }
            if (!seen.add(record)) {
                throw new InvalidValueException("zone '%s' has a record twice: %s".formatted(zone, record))
                        .about(record);
            }
        }
        requireAliasesAlone(zone, records);
    }

    private static void requireAliasesAlone(DnsName zone, List<DnsRecord> records) {
        Map<DnsName, Long> said =
                records.stream().collect(Collectors.groupingBy(DnsRecord::name, Collectors.counting()));
        for (DnsRecord record : records) {
            if (record instanceof DnsRecord.Alias(DnsName alias, DnsName target)
                    && (said.getOrDefault(alias, 0L) > 1 || alias.equals(zone))) {
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

    private static boolean isWithin(DnsName zone, DnsName name) {
        return name.equals(zone) || name.value().endsWith("." + zone);
    }

    /** A zone with its records. */
    public static DnsZone of(ServiceName name, DnsName zone, DnsRecord first, DnsRecord... others) {
        return new DnsZone(
                name, zone, Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    /** Whether this zone is the one to ask for the name. */
    public boolean covers(DnsName asked) {
        return isWithin(zone, asked);
    }

    @Override
    public ResourceId id() {
        return new ResourceId(DnsZoneKind.NAME, ResourceName.of(name.value()));
    }

    @Override
    public DnsZone named(ResourceName other) {
        return new DnsZone(ServiceName.of(other.value()), zone, records);
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return Anywhere.once(deployment, name, this);
    }
}
