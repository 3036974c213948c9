package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DhcpSubnet;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.value.IpAddress;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A name is said to be at an address that a DHCP server of the same deployment gives to whoever asks. */
record FixedAddressInRange() implements Rule {
    /** Ranges that overlap are told by {@link SubnetsOverlap}: of those, one is asked. */
    @Override
    public Stream<Finding> findings(Graph graph) {
        NavigableMap<IpAddress, DhcpSubnet> byFirst = new TreeMap<>();
        graph.subnets().forEach(subnet -> byFirst.putIfAbsent(subnet.range().first(), subnet));
        return graph.zones().stream()
                .flatMap(zone -> zone.records().stream())
                .filter(DnsRecord.Address.class::isInstance)
                .map(DnsRecord.Address.class::cast)
                .flatMap(record -> Optional.ofNullable(byFirst.floorEntry(record.address()))
                        .map(Map.Entry::getValue)
                        .filter(subnet -> subnet.range().contains(record.address()))
                        .map(subnet -> told(record, subnet))
                        .stream());
    }

    private static Finding told(DnsRecord.Address record, DhcpSubnet subnet) {
        return Finding.of(
                "'%s' is said to be at %s, which DHCP subnet '%s' gives to whoever asks (%s); keep it for the machine by a static lease outside the range"
                        .formatted(record.name(), record.address(), subnet.name(), subnet.range()),
                record.name(),
                subnet.name());
    }
}
